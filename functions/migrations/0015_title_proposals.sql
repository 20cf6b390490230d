-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- The words of an advertisement's title that our taxonomy has; empty for none, null where it was read before they were kept,
-- so that the same import again reads it anew.
alter table postings add column title text;

-- What a clustering of a tenant's titles came to, for people to review. Nothing in it counts until it is published.
create table title_proposals (
  tenant_id   text collate "C" not null,
  proposal_id text collate "C" not null,
  -- From 1 for each tenant.
  version     integer not null check (version > 0),
  status      text not null check (status in ('open', 'superseded')),
  created_at  timestamptz not null,
  -- Taxonomy, model, parameters, counts and quality: what it was made from, and how well it went.
  made_from   jsonb not null,
  primary key (tenant_id, proposal_id),
  unique (tenant_id, version)
) partition by list (tenant_id);
select isolate('title_proposals');

create table title_clusters (
  tenant_id   text collate "C" not null,
  proposal_id text collate "C" not null,
  cluster     integer not null check (cluster > 0),
  content     jsonb not null,
  primary key (tenant_id, proposal_id, cluster),
  foreign key (tenant_id, proposal_id) references title_proposals on delete cascade
) partition by list (tenant_id);
select isolate('title_clusters');

-- What can be published of a cluster: a name for its occupation, or a template.
create table title_entries (
  tenant_id     text collate "C" not null,
  proposal_id   text collate "C" not null,
  entry_id      text collate "C" not null,
  cluster       integer not null,
  kind          text not null check (kind in ('alias', 'template')),
  -- Proposed; once published, the one it was published for.
  occupation_id text collate "C",
  confidence    real not null check (confidence between 0 and 1),
  content       jsonb not null,
  status        text not null default 'proposed' check (status in ('proposed', 'published', 'rejected')),
  decided_by    text,
  decided_at    timestamptz,
  check ((status = 'proposed') = (decided_at is null)),
  primary key (tenant_id, proposal_id, entry_id),
  foreign key (tenant_id, proposal_id, cluster) references title_clusters on delete cascade
) partition by list (tenant_id);
create index on title_entries (tenant_id, proposal_id, cluster);
select isolate('title_entries');

select audit_changes(proposed) from unnest(array['title_proposals', 'title_clusters', 'title_entries']::regclass[]) as proposed;

-- The proposal that a name or template was published from; null where somebody wrote it.
alter table occupation_aliases add column proposal_id text;
alter table occupation_overrides add column template_proposal_id text;

reset role;

-- Down Migration
alter table headhunter.occupation_overrides drop column template_proposal_id;
alter table headhunter.occupation_aliases drop column proposal_id;
drop table headhunter.title_entries, headhunter.title_clusters, headhunter.title_proposals;
alter table headhunter.postings drop column title;
