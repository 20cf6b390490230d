-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- One row a candidate: everything that filters, words and ranking read of a person, worked out by
-- domain/candidates/derive.ts. In one row, so that an index hit is filtered and scored where it lies.
create table search_documents (
  tenant_id        text collate "C" not null,
  candidate_id     text collate "C" not null,
  facts            jsonb not null,
  skill_keys       text[] not null,
  place_keys       text[] not null,
  industry_keys    text[] not null,
  language_keys    text[] not null,
  country          text,
  seniority_rank   smallint,
  years_experience real,
  metadata         jsonb not null,
  -- Analysed words as hashes, for the index; the same with their BM25F weights, for the score.
  terms            integer[] not null,
  weights          sparsevec(1000000000) not null,
  primary key (tenant_id, candidate_id),
  foreign key (tenant_id, candidate_id) references candidates on delete cascade
) partition by list (tenant_id);
select isolate('search_documents');
-- The words have to lie in the row: fetching them from elsewhere would cost more than scoring them.
alter table search_documents_shared set (toast_tuple_target = 8160);

-- How many of the tenant's candidates use a term, and how many there are: exact, so that idf depends on nothing else.
create table term_counts (
  tenant_id  text collate "C" not null,
  term       integer not null,
  candidates integer not null,
  primary key (tenant_id, term)
) partition by list (tenant_id);
select isolate('term_counts');

create table corpora (
  tenant_id  text collate "C" not null,
  candidates integer not null,
  primary key (tenant_id)
) partition by list (tenant_id);
select isolate('corpora');

-- Statement triggers, so that an import of 500 people counts its words once, and a cascade counts like a delete.
-- The corpus row is locked first and so serialises the writers of one tenant: no deadlock between their words.
create function count_added_terms() returns trigger language plpgsql set search_path = headhunter, pg_catalog as $$
begin
  insert into corpora as c (tenant_id, candidates)
    select tenant_id, count(*) from added group by tenant_id order by tenant_id
    on conflict (tenant_id) do update set candidates = c.candidates + excluded.candidates;
  insert into term_counts as c (tenant_id, term, candidates)
    select tenant_id, term, count(*) from added, unnest(terms) as term group by tenant_id, term order by tenant_id, term
    on conflict (tenant_id, term) do update set candidates = c.candidates + excluded.candidates;
  return null;
end
$$;

create function count_removed_terms() returns trigger language plpgsql set search_path = headhunter, pg_catalog as $$
begin
  update corpora c set candidates = c.candidates - r.removed
    from (select tenant_id, count(*) as removed from removed group by tenant_id) r
    where c.tenant_id = r.tenant_id;
  update term_counts c set candidates = c.candidates - r.removed
    from (select tenant_id, term, count(*) as removed from removed, unnest(terms) as term group by tenant_id, term) r
    where c.tenant_id = r.tenant_id and c.term = r.term;
  delete from term_counts c
    using (select distinct tenant_id, term from removed, unnest(terms) as term) r
    where c.tenant_id = r.tenant_id and c.term = r.term and c.candidates <= 0;
  return null;
end
$$;

create trigger terms_inserted after insert on search_documents
  referencing new table as added for each statement execute function count_added_terms();
create trigger terms_deleted after delete on search_documents
  referencing old table as removed for each statement execute function count_removed_terms();
-- A changed row is deleted and inserted; an update would escape the two triggers above.
revoke update on search_documents from headhunter_runtime;

reset role;

-- Down Migration
drop table headhunter.search_documents, headhunter.term_counts, headhunter.corpora;
drop function headhunter.count_added_terms, headhunter.count_removed_terms;
