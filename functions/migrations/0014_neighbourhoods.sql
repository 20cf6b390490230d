-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- How often a tenant's advertisements changed, and which of these changes its neighbourhoods were counted after.
create table market_revisions (
  tenant_id      text collate "C" primary key,
  -- Raised by every statement that adds or removes advertisements.
  postings       bigint not null check (postings > 0),
  -- The revisions of the tenant's and of the reference that were counted (0: there was no reference); null before the first count.
  counted_own    bigint,
  counted_shared bigint,
  counted_at     timestamptz,
  check (num_nulls(counted_own, counted_shared, counted_at) in (0, 3))
) partition by list (tenant_id);
select isolate('market_revisions');

-- Who is named together with a skill in the year up to the last advertisement that names it, in the tenant's advertisements
-- and the reference's together: what `around` counts from the rows, kept for those without filters.
create table skill_neighbourhoods (
  tenant_id   text collate "C" not null,
  skill_id    text collate "C" not null,
  -- Of all advertisements in the year that name any skill.
  own_rows    integer not null,
  shared_rows integer not null,
  ads         bigint not null check (ads > 0),
  first_on    date not null,
  last_on     date not null,
  sources     text[] not null,
  -- Advertisements that name this one.
  named       bigint not null check (named between 1 and ads),
  -- The nearest as [{id, ads, joint, lastOn, sources}], best first.
  skills      jsonb not null,
  occupations jsonb not null,
  primary key (tenant_id, skill_id)
) partition by list (tenant_id);
select isolate('skill_neighbourhoods');

-- The kept neighbourhoods of some skills beside what tells whether they are out of date; one row without a skill when there are none, and
-- none where there never was an advertisement. With the caller's own rights, in one round trip.
create function neighbourhoods_of(p_tenant text, p_skills text[])
returns table (revision bigint, counted_own bigint, counted_shared bigint, counted_at timestamptz, skill_id text, kept jsonb)
language plpgsql stable set search_path = headhunter, pg_catalog as $$
begin
  return query
    select r.postings, r.counted_own, r.counted_shared, r.counted_at, n.skill_id,
      jsonb_build_object('named', n.named, 'skills', n.skills, 'occupations', n.occupations,
        'coverage', jsonb_build_object('rows', jsonb_build_object('own', n.own_rows, 'shared', n.shared_rows), 'ads', n.ads,
          'from', n.first_on, 'to', n.last_on, 'sources', n.sources))
    from market_revisions r left join skill_neighbourhoods n
      on n.tenant_id = p_tenant and n.skill_id = any (p_skills) and r.counted_at is not null
    where r.tenant_id = p_tenant;
end
$$;

-- A tenant that is being erased must not come back by it: only an insert makes a row.
create function raise_market_revision() returns trigger language plpgsql set search_path = headhunter, pg_catalog as $$
begin
  if tg_op = 'INSERT' then
    insert into market_revisions as r (tenant_id, postings) select distinct t.tenant_id, 1 from touched t
      on conflict (tenant_id) do update set postings = r.postings + 1;
  else
    update market_revisions r set postings = r.postings + 1
      from (select distinct tenant_id from touched) t where r.tenant_id = t.tenant_id;
  end if;
  return null;
end
$$;
create trigger postings_inserted_revision after insert on postings
  referencing new table as touched for each statement execute function raise_market_revision();
create trigger postings_deleted_revision after delete on postings
  referencing old table as touched for each statement execute function raise_market_revision();
insert into market_revisions (tenant_id, postings) select distinct tenant_id, 1 from postings;

-- For the recount, operator only. Whose neighbourhoods are older than the advertisements; the reference first, then who waits longest.
create function neighbourhoods_outdated(p_reference text) returns table (tenant_id text)
language sql security definer stable set search_path = headhunter, pg_catalog as $$
  select r.tenant_id from market_revisions r left join market_revisions s on s.tenant_id = p_reference and r.tenant_id <> p_reference
  where (r.counted_own, r.counted_shared) is distinct from (r.postings, coalesce(s.postings, 0))
  order by r.tenant_id <> p_reference, r.counted_at nulls first, r.tenant_id
$$;

create function market_revision(p_tenant text) returns bigint
language sql security definer stable set search_path = headhunter, pg_catalog as $$
  select coalesce((select r.postings from market_revisions r where r.tenant_id = p_tenant), 0)
$$;

-- Whether the tenant has more rows than so many that name any skill, without counting further.
create function market_exceeds(p_tenant text, p_most integer) returns boolean
language sql security definer stable set search_path = headhunter, pg_catalog as $$
  select exists (select from postings p where p.tenant_id = p_tenant and (p.required <> '{}' or p.preferred <> '{}') offset p_most)
$$;

-- Advertisements that name any skill, a page at a time.
create function market_ads(p_tenant text, p_after text, p_limit integer)
returns table (content_hash text, posted_on date, source text, ads integer, skills text[], occupations text[])
language sql security definer stable set search_path = headhunter, pg_catalog as $$
  select p.content_hash, p.posted_on, p.source, p.ads, p.required || p.preferred, p.occupations from postings p
  where p.tenant_id = p_tenant and p.content_hash > p_after and (p.required <> '{}' or p.preferred <> '{}')
  order by p.content_hash limit p_limit
$$;

-- A tenant that is erased meanwhile keeps nothing.
create function neighbourhoods_keep(p_tenant text, p_rows jsonb) returns void
language sql security definer set search_path = headhunter, pg_catalog as $$
  insert into skill_neighbourhoods as n
    (tenant_id, skill_id, own_rows, shared_rows, ads, first_on, last_on, sources, named, skills, occupations)
    select p_tenant, r.skill_id, r.own_rows, r.shared_rows, r.ads, r.first_on, r.last_on, r.sources, r.named, r.skills, r.occupations
    from jsonb_to_recordset(p_rows) as r (skill_id text, own_rows integer, shared_rows integer, ads bigint, first_on date,
      last_on date, sources text[], named bigint, skills jsonb, occupations jsonb)
    where exists (select from market_revisions m where m.tenant_id = p_tenant)
    order by r.skill_id
  on conflict (tenant_id, skill_id) do update
    set own_rows = excluded.own_rows, shared_rows = excluded.shared_rows, ads = excluded.ads, first_on = excluded.first_on,
      last_on = excluded.last_on, sources = excluded.sources, named = excluded.named, skills = excluded.skills,
      occupations = excluded.occupations
    where n is distinct from excluded
$$;

-- Ends a count: the skills it found are all there are.
create function neighbourhoods_settle(p_tenant text, p_skills text[], p_own bigint, p_shared bigint, p_at timestamptz) returns void
language sql security definer set search_path = headhunter, pg_catalog as $$
  update market_revisions set counted_own = p_own, counted_shared = p_shared, counted_at = p_at where tenant_id = p_tenant;
  delete from skill_neighbourhoods n where n.tenant_id = p_tenant and n.skill_id <> all (p_skills)
$$;

revoke execute on function neighbourhoods_of, neighbourhoods_outdated, market_revision, market_exceeds, market_ads, neighbourhoods_keep,
  neighbourhoods_settle from public;
grant execute on function neighbourhoods_outdated, market_revision, market_exceeds, market_ads, neighbourhoods_keep, neighbourhoods_settle
  to headhunter_operator;
grant execute on function neighbourhoods_of to headhunter_runtime;

reset role;

-- Down Migration
drop trigger postings_inserted_revision on headhunter.postings;
drop trigger postings_deleted_revision on headhunter.postings;
drop table headhunter.market_revisions, headhunter.skill_neighbourhoods;
drop function headhunter.neighbourhoods_of, headhunter.raise_market_revision, headhunter.neighbourhoods_outdated, headhunter.market_revision, headhunter.market_exceeds, headhunter.market_ads,
  headhunter.neighbourhoods_keep, headhunter.neighbourhoods_settle;
