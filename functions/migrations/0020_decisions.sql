-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- One row for every ranking that was answered: what was asked, what it was understood as, by which software, and the whole
-- pool in its order, one array element a person. Of people there is the id and nothing else; it stays when they are removed,
-- as it does in the audit log. Who may write a row may not change it.
create table decisions (
  tenant_id      text collate "C" not null,
  decision_id    text collate "C" not null,
  kind           text not null,
  actor_kind     text not null,
  actor          text not null,
  request_id     text not null,
  made_at        timestamptz not null,
  question       jsonb not null,
  understood     jsonb not null,
  -- Versions, weights before renormalisation, when the market was counted, what was degraded.
  made_with      jsonb not null,
  -- sha256 over who was ranked, as they were.
  set_hash       text not null,
  candidate_ids  text[] not null,
  revisions      integer[] not null,
  -- The first 64 bits of each person's content hash.
  content        bigint[] not null,
  vector_ranks   smallint[] not null,
  vector_scores  real[] not null,
  lexical_ranks  smallint[] not null,
  lexical_scores real[] not null,
  scores         real[] not null,
  -- Ten-thousandths, one after the other for each person, in the order of `made_with.signals`; null where a signal is absent.
  signals        smallint[] not null,
  primary key (tenant_id, decision_id)
) partition by list (tenant_id);
-- By age: what is kept no longer is found without reading the rest.
create index on decisions (tenant_id, made_at);
select isolate('decisions');
revoke update, delete on decisions from headhunter_runtime;

-- Writes one record in one round trip, with the caller's own rights: row-level security refuses any tenant but the bound one.
create function record_decision(p_tenant text, p_decision_id text, p_kind text, p_actor_kind text, p_actor text, p_request_id text,
  p_made_at timestamptz, p_question jsonb, p_understood jsonb, p_made_with jsonb, p_set_hash text, p_candidate_ids text[],
  p_revisions integer[], p_content bigint[], p_vector_ranks smallint[], p_vector_scores real[], p_lexical_ranks smallint[],
  p_lexical_scores real[], p_scores real[], p_signals smallint[])
returns void
language sql set search_path = headhunter, pg_catalog
begin atomic
  insert into decisions values (p_tenant, p_decision_id, p_kind, p_actor_kind, p_actor, p_request_id, p_made_at, p_question,
    p_understood, p_made_with, p_set_hash, p_candidate_ids, p_revisions, p_content, p_vector_ranks, p_vector_scores, p_lexical_ranks,
    p_lexical_scores, p_scores, p_signals);
end;

-- Why is somebody not in an answer? Asked of the same predicate as the legs ask, one filter at a time: those that leave the
-- person out. With the caller's own rights too.
create function filters_failed(p_tenant text, p_candidate text, p_filters jsonb) returns table (failed text)
language plpgsql stable set search_path = headhunter, public, pg_catalog as $$
declare
  passes boolean;
begin
  for failed in select k from jsonb_object_keys(p_filters) k where k <> 'unknown' order by k loop
    execute format('select exists (select from search_documents d where d.tenant_id = %L and d.candidate_id = %L%s)', p_tenant,
      p_candidate, filter_predicate(jsonb_build_object(failed, p_filters -> failed, 'unknown', coalesce(p_filters ->> 'unknown', 'include'))))
      into passes;
    if not passes then
      return next;
    end if;
  end loop;
end
$$;

-- Where somebody stands in each leg, however far behind: how many of those who pass the filters are better. Exact, without indexes.
create function vector_place(p_tenant text, p_candidate text, p_model smallint, p_query text, p_filters jsonb)
returns table (score real, better integer)
language plpgsql stable set search_path = headhunter, public, pg_catalog set jit = off as $$
declare
  dims integer := (select m.dimensions from embedding_models m where m.model_id = p_model);
begin
  return query execute format(
    'with scored as materialized (
       select e.candidate_id, (1 - min(e.embedding::halfvec(%1$s) <=> $1::halfvec(%1$s)))::real as similarity
         from embeddings e join search_documents d on d.tenant_id = %2$L and d.candidate_id = e.candidate_id
        where e.tenant_id = %2$L and e.model_id = %3$s and (e.candidate_id = %4$L or (true%5$s)) group by e.candidate_id)
     select own.similarity as score, (select count(*)::integer from scored s where s.similarity > own.similarity)
       from scored own where own.candidate_id = %4$L',
    dims, p_tenant, p_model, p_candidate, filter_predicate(p_filters)) using p_query;
end
$$;

create function terms_place(p_tenant text, p_candidate text, p_terms integer[], p_weights real[], p_filters jsonb)
returns table (score real, better integer)
language plpgsql stable set search_path = headhunter, public, pg_catalog set jit = off as $$
declare
  asked sparsevec := (select w.query_vector from weigh_terms(p_tenant, p_terms, p_weights) w);
begin
  return query execute format(
    'with own as (select (-(d.weights <#> $1))::real as score from search_documents d where d.tenant_id = %1$L and d.candidate_id = %2$L)
     select own.score, (select count(*)::integer from search_documents d
         where d.tenant_id = %1$L and (-(d.weights <#> $1))::real > own.score%3$s)
       from own where own.score > 0',
    p_tenant, p_candidate, filter_predicate(p_filters)) using asked;
end
$$;

revoke execute on function record_decision, filters_failed, vector_place, terms_place from public;
grant execute on function record_decision, filters_failed, vector_place, terms_place, filter_predicate to headhunter_runtime;

reset role;

-- Down Migration
revoke execute on function headhunter.filter_predicate from headhunter_runtime;
drop function headhunter.record_decision, headhunter.filters_failed, headhunter.vector_place, headhunter.terms_place;
drop table headhunter.decisions;
