-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- What worked out what search reads of a person: versions of the derivation, the lexicon and the embedder. Empty for who was
-- written before this was kept.
alter table candidates add column derivation text collate "C" not null default '';
-- Everybody's is the same on most nights: who is older is found on either side of it, without reading those between.
create index on candidates (tenant_id, derivation, candidate_id);

reset role;

-- Down Migration
drop index headhunter.candidates_tenant_id_derivation_candidate_id_idx;
alter table headhunter.candidates drop column derivation;
