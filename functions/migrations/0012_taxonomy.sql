-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- Reference data, the same for every tenant: what ships in functions/data/taxonomy, for joins in SQL. Read by the runtime role,
-- written by the functions below and by nothing else, so that a version is there whole or not at all. Without foreign keys, which
-- would triple the time of a load: the artifact's build sees to it that every id is there.
create table taxonomy_release (
  singleton boolean primary key default true check (singleton),
  version   text not null,
  loaded_at timestamptz not null default now()
);

create table taxonomy_occupations (
  occupation_id text collate "C" primary key,
  system        text not null check (system in ('cbo', 'esco', 'onet', 'own')),
  group_code    text not null,
  labels        jsonb not null,
  description   jsonb not null
);
create index on taxonomy_occupations (system, group_code);

create table taxonomy_skills (
  skill_id text collate "C" primary key,
  type     text not null,
  labels   jsonb not null
);

create table taxonomy_requirements (
  occupation_id text collate "C" not null,
  skill_id      text collate "C" not null,
  is_essential  boolean not null,
  primary key (occupation_id, skill_id)
);
create index on taxonomy_requirements (skill_id);

create table taxonomy_groups (
  scheme text not null check (scheme in ('isco', 'cbo', 'soc')),
  code   text collate "C" not null,
  labels jsonb not null,
  primary key (scheme, code)
);

create table taxonomy_links (
  from_id    text collate "C" not null,
  to_id      text collate "C" not null,
  match      text not null,
  method     text not null,
  confidence real not null check (confidence > 0 and confidence <= 1),
  primary key (from_id, to_id)
);
create index on taxonomy_links (to_id);

grant select on taxonomy_release, taxonomy_occupations, taxonomy_skills, taxonomy_requirements, taxonomy_groups, taxonomy_links
  to headhunter_runtime;

-- The version that is there; null before the first load.
create function taxonomy_version() returns text
language sql security definer stable set search_path = headhunter, pg_catalog
return (select version from taxonomy_release);

-- First step of a load: takes away what is there. The caller's transaction holds the others off until it ends.
create function taxonomy_clear() returns void
language plpgsql security definer set search_path = headhunter, pg_catalog as $$
begin
  lock table taxonomy_release in exclusive mode;
  delete from taxonomy_release;
  delete from taxonomy_links;
  delete from taxonomy_requirements;
  delete from taxonomy_skills;
  delete from taxonomy_groups;
  delete from taxonomy_occupations;
end
$$;

-- Rows of one table, as a JSON array of objects with its columns.
create function taxonomy_add(p_table text, p_rows jsonb) returns void
language plpgsql security definer set search_path = headhunter, pg_catalog as $$
begin
  if p_table not in ('taxonomy_occupations', 'taxonomy_skills', 'taxonomy_requirements', 'taxonomy_groups', 'taxonomy_links') then
    raise exception 'no such table of the taxonomy' using errcode = 'undefined_table';
  end if;
  execute format('insert into headhunter.%1$I select * from jsonb_populate_recordset(null::headhunter.%1$I, $1)', p_table)
    using p_rows;
end
$$;

-- Last step of a load.
create function taxonomy_finish(p_version text) returns void
language sql security definer set search_path = headhunter, pg_catalog
begin atomic
  insert into taxonomy_release (version) values (p_version);
end;

revoke execute on function taxonomy_version, taxonomy_clear, taxonomy_add, taxonomy_finish from public;
grant execute on function taxonomy_version, taxonomy_clear, taxonomy_add, taxonomy_finish to headhunter_operator;

-- What a tenant says of an occupation beyond the taxonomy: its own names for it, and what it asks of people in it. Ids are the
-- artifact's, which is in every function whether or not the tables above are filled.
create table occupation_overrides (
  tenant_id     text collate "C" not null,
  occupation_id text collate "C" not null,
  industries    text[] not null,
  template      jsonb,
  updated_at    timestamptz not null,
  primary key (tenant_id, occupation_id)
) partition by list (tenant_id);
select isolate('occupation_overrides');

create table occupation_aliases (
  tenant_id     text collate "C" not null,
  occupation_id text collate "C" not null,
  alias         text not null,
  primary key (tenant_id, occupation_id, alias),
  foreign key (tenant_id, occupation_id) references occupation_overrides on delete cascade
) partition by list (tenant_id);
select isolate('occupation_aliases');
select audit_changes(said) from unnest(array['occupation_overrides', 'occupation_aliases']::regclass[]) as said;

reset role;

-- Down Migration
drop table headhunter.occupation_aliases, headhunter.occupation_overrides;
drop function headhunter.taxonomy_finish, headhunter.taxonomy_add, headhunter.taxonomy_clear, headhunter.taxonomy_version;
drop table headhunter.taxonomy_links, headhunter.taxonomy_groups, headhunter.taxonomy_requirements, headhunter.taxonomy_skills,
  headhunter.taxonomy_occupations, headhunter.taxonomy_release;
