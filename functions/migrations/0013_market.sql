-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- What an advertisement says, as facts. Its text, title, company and contacts are read once and not kept.
-- Unknown facets are empty, so that they can stand in keys.
create table postings (
  tenant_id       text collate "C" not null,
  content_hash    text collate "C" not null,
  posted_on       date not null,
  week_start      date not null check (week_start = posted_on - (extract(isodow from posted_on)::integer - 1)),
  source          text collate "C" not null,
  country         text collate "C" not null,
  region          text collate "C" not null,
  industry        text collate "C" not null,
  seniority       text collate "C" not null,
  -- How many advertisements alike the row stands for.
  ads             integer not null check (ads between 1 and 1000000),
  required        text[] not null,
  preferred       text[] not null,
  occupations     text[] not null,
  years           real check (years between 0 and 60),
  lexicon_version text not null,
  imported_at     timestamptz not null,
  primary key (tenant_id, content_hash)
) partition by list (tenant_id);
create index on postings (tenant_id, posted_on);
select isolate('postings');

-- How many open vacancies somebody counted for a skill on a day.
create table skill_observations (
  tenant_id       text collate "C" not null,
  content_hash    text collate "C" not null,
  skill_id        text collate "C" not null check (skill_id <> ''),
  observed_on     date not null,
  week_start      date not null check (week_start = observed_on - (extract(isodow from observed_on)::integer - 1)),
  source          text collate "C" not null,
  country         text collate "C" not null,
  region          text collate "C" not null,
  industry        text collate "C" not null,
  vacancies       integer not null check (vacancies between 0 and 1000000),
  lexicon_version text not null,
  imported_at     timestamptz not null,
  primary key (tenant_id, content_hash)
) partition by list (tenant_id);
create index on skill_observations (tenant_id, week_start, skill_id);
select isolate('skill_observations');

-- Both by ISO week: what demand is read from. `posted` adds up advertisements; its skill_id '' counts each that
-- names any skill once, since one that names none tells nothing of skills. `observed` holds the latest count of the week, the largest when a day has several.
create table skill_weeks (
  tenant_id  text collate "C" not null,
  measure    text collate "C" not null check (measure in ('posted', 'observed')),
  skill_id   text collate "C" not null,
  week_start date not null,
  source     text collate "C" not null,
  country    text collate "C" not null,
  region     text collate "C" not null,
  industry   text collate "C" not null,
  amount     bigint not null check (amount >= 0),
  row_count  integer not null check (row_count > 0),
  first_on   date not null,
  last_on    date not null,
  primary key (tenant_id, measure, skill_id, week_start, source, country, region, industry)
) partition by list (tenant_id);
select isolate('skill_weeks');

-- Makes one line of a tenant's writers, so that a recount never overtakes an import.
create function market_lock(p_tenant text) returns void
language sql set search_path = pg_catalog
return pg_advisory_xact_lock(hashtextextended('market:' || p_tenant, 0));

create function posting_skills(required text[], preferred text[]) returns text[]
language sql immutable set search_path = pg_catalog
return case when required = '{}' and preferred = '{}' then '{}' else required || preferred || array[''] end;

-- Statement triggers, as for words: an import counts once, and rows that leave are counted out again.
create function count_postings() returns trigger language plpgsql set search_path = headhunter, pg_catalog as $$
begin
  insert into skill_weeks as w (tenant_id, measure, skill_id, week_start, source, country, region, industry,
      amount, row_count, first_on, last_on)
    select p.tenant_id, 'posted', s.skill_id, p.week_start, p.source, p.country, p.region, p.industry,
        sum(p.ads), count(*), min(p.posted_on), max(p.posted_on)
      from added p cross join lateral unnest(posting_skills(p.required, p.preferred)) as s (skill_id)
      group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8
    on conflict (tenant_id, measure, skill_id, week_start, source, country, region, industry) do update
      set amount = w.amount + excluded.amount, row_count = w.row_count + excluded.row_count,
        first_on = least(w.first_on, excluded.first_on), last_on = greatest(w.last_on, excluded.last_on);
  return null;
end
$$;

create function uncount_postings() returns trigger language plpgsql set search_path = headhunter, pg_catalog as $$
begin
  with gone as materialized (
    select p.tenant_id, s.skill_id, p.week_start, p.source, p.country, p.region, p.industry, sum(p.ads) as ads, count(*) as n
      from removed p cross join lateral unnest(posting_skills(p.required, p.preferred)) as s (skill_id)
      group by 1, 2, 3, 4, 5, 6, 7),
  emptied as (
    delete from skill_weeks w using gone g where w.measure = 'posted' and w.row_count <= g.n
      and (w.tenant_id, w.skill_id, w.week_start, w.source, w.country, w.region, w.industry)
        = (g.tenant_id, g.skill_id, g.week_start, g.source, g.country, g.region, g.industry))
  update skill_weeks w set amount = w.amount - g.ads, row_count = w.row_count - g.n from gone g
    where w.measure = 'posted' and w.row_count > g.n
      and (w.tenant_id, w.skill_id, w.week_start, w.source, w.country, w.region, w.industry)
        = (g.tenant_id, g.skill_id, g.week_start, g.source, g.country, g.region, g.industry);
  return null;
end
$$;

create trigger postings_inserted after insert on postings
  referencing new table as added for each statement execute function count_postings();
create trigger postings_deleted after delete on postings
  referencing old table as removed for each statement execute function uncount_postings();

-- A week's count is one of the week's observations and not their sum, so what is touched is looked at anew.
create function count_observations() returns trigger language plpgsql set search_path = headhunter, pg_catalog as $$
begin
  delete from skill_weeks w using (select distinct tenant_id, skill_id, week_start, source, country, region, industry from touched) t
    where w.measure = 'observed'
      and (w.tenant_id, w.skill_id, w.week_start, w.source, w.country, w.region, w.industry)
        = (t.tenant_id, t.skill_id, t.week_start, t.source, t.country, t.region, t.industry);
  insert into skill_weeks (tenant_id, measure, skill_id, week_start, source, country, region, industry,
      amount, row_count, first_on, last_on)
    select o.tenant_id, 'observed', o.skill_id, o.week_start, o.source, o.country, o.region, o.industry,
        (array_agg(o.vacancies order by o.observed_on desc, o.vacancies desc))[1], count(*), min(o.observed_on), max(o.observed_on)
      from skill_observations o
        join (select distinct tenant_id, skill_id, week_start, source, country, region, industry from touched) t
          using (tenant_id, skill_id, week_start, source, country, region, industry)
      group by 1, 3, 4, 5, 6, 7, 8;
  return null;
end
$$;
create trigger observations_inserted after insert on skill_observations
  referencing new table as touched for each statement execute function count_observations();
create trigger observations_deleted after delete on skill_observations
  referencing old table as touched for each statement execute function count_observations();

-- No person is in these, but whoever changes what the market is taken to be leaves an entry too.
select audit_changes(loaded) from unnest(array['postings', 'skill_observations']::regclass[]) as loaded;

-- A changed row is deleted and inserted; an update would escape the triggers.
revoke update on postings, skill_observations from headhunter_runtime;

-- For the nightly recount, operator only: who has market data and since when.
create function market_spans() returns table (tenant_id text, first_week date, last_week date)
language sql security definer stable set search_path = headhunter, pg_catalog as $$
  select t.tenant_id, min(t.first_week), max(t.last_week) from (
    select p.tenant_id, min(p.week_start) as first_week, max(p.week_start) as last_week from postings p group by 1
    union all select o.tenant_id, min(o.week_start), max(o.week_start) from skill_observations o group by 1
    union all select w.tenant_id, min(w.week_start), max(w.week_start) from skill_weeks w group by 1) t
  group by 1 order by 1
$$;

-- Counts these weeks of a tenant anew and mends what differs; how many rows of skill_weeks were wrong, missing or too many.
create function market_recount(p_tenant text, p_from date, p_to date) returns integer
language plpgsql security definer set search_path = headhunter, pg_catalog as $$
declare
  wrong integer;
begin
  perform market_lock(p_tenant);
  with counted as materialized (
    select p.tenant_id, 'posted' as measure, s.skill_id, p.week_start, p.source, p.country, p.region, p.industry,
        sum(p.ads)::bigint as amount, count(*)::integer as row_count, min(p.posted_on) as first_on, max(p.posted_on) as last_on
      from postings p cross join lateral unnest(posting_skills(p.required, p.preferred)) as s (skill_id)
      where p.tenant_id = p_tenant and p.posted_on between p_from and p_to + 6
      group by 1, 2, 3, 4, 5, 6, 7, 8
    union all
    select o.tenant_id, 'observed', o.skill_id, o.week_start, o.source, o.country, o.region, o.industry,
        (array_agg(o.vacancies order by o.observed_on desc, o.vacancies desc))[1], count(*), min(o.observed_on), max(o.observed_on)
      from skill_observations o where o.tenant_id = p_tenant and o.week_start between p_from and p_to
      group by 1, 2, 3, 4, 5, 6, 7, 8),
  gone as (
    delete from skill_weeks w where w.tenant_id = p_tenant and w.week_start between p_from and p_to
      and not exists (select from counted c where (c.measure, c.skill_id, c.week_start, c.source, c.country, c.region, c.industry)
        = (w.measure, w.skill_id, w.week_start, w.source, w.country, w.region, w.industry))
    returning 1),
  mended as (
    insert into skill_weeks as w (tenant_id, measure, skill_id, week_start, source, country, region, industry,
        amount, row_count, first_on, last_on)
      select * from counted
    on conflict (tenant_id, measure, skill_id, week_start, source, country, region, industry) do update
      set amount = excluded.amount, row_count = excluded.row_count, first_on = excluded.first_on, last_on = excluded.last_on
      where (w.amount, w.row_count, w.first_on, w.last_on)
        is distinct from (excluded.amount, excluded.row_count, excluded.first_on, excluded.last_on)
    returning 1)
  select (select count(*) from gone) + (select count(*) from mended) into wrong;
  return wrong;
end
$$;

revoke execute on function posting_skills, market_lock, market_spans, market_recount from public;
grant execute on function posting_skills, market_lock to headhunter_runtime;
grant execute on function market_spans, market_recount to headhunter_operator;

reset role;

-- Down Migration
drop table headhunter.postings, headhunter.skill_observations, headhunter.skill_weeks;
drop function headhunter.posting_skills, headhunter.market_lock, headhunter.count_postings, headhunter.uncount_postings, headhunter.count_observations,
  headhunter.market_spans, headhunter.market_recount;
