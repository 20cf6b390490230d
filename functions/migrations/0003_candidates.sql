-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- What is known of a person, as it was given.
create table candidates (
  tenant_id    text collate "C" not null,
  candidate_id text collate "C" not null,
  profile      jsonb not null,
  content_hash text not null,
  revision     bigint not null default 1,
  created_at   timestamptz not null,
  updated_at   timestamptz not null,
  primary key (tenant_id, candidate_id)
) partition by list (tenant_id);
create index on candidates (tenant_id, updated_at desc, candidate_id desc);
select isolate('candidates');

create table documents (
  tenant_id      text collate "C" not null,
  document_id    text collate "C" not null,
  candidate_id   text collate "C" not null,
  file_name      text not null,
  kind           text not null check (kind in ('pdf', 'docx', 'txt')),
  content        text not null,
  pages          jsonb not null,
  warnings       text[] not null,
  sha256         text not null,
  byte_size      integer not null,
  created_at     timestamptz not null,
  primary key (tenant_id, document_id),
  unique (tenant_id, candidate_id, sha256),
  foreign key (tenant_id, candidate_id) references candidates on delete cascade
) partition by list (tenant_id);
select isolate('documents');

reset role;

-- Down Migration
drop table headhunter.documents, headhunter.candidates;
