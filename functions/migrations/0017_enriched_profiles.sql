-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- What enrichment made of a person, latest only. `job_id` and `run` name the work that wrote it: the same work never writes twice.
create table enriched_profiles (
  tenant_id    text collate "C" not null,
  candidate_id text collate "C" not null,
  job_id       text collate "C" not null,
  run          integer not null check (run > 0),
  -- Of the person when they were read.
  revision     bigint not null,
  profile      jsonb not null,
  written_at   timestamptz not null,
  primary key (tenant_id, candidate_id),
  foreign key (tenant_id, candidate_id) references candidates on delete cascade
) partition by list (tenant_id);
select isolate('enriched_profiles');
select audit_changes('enriched_profiles');

reset role;

-- Down Migration
drop table headhunter.enriched_profiles;
