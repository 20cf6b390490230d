-- Up Migration
-- Loads pgvector, whose settings the functions below name: unknown settings may be named by superusers only.
select '[1]'::public.vector;
set local role headhunter_owner;
set local search_path = headhunter, public;

-- Tenants that outgrew the shared partitions and have indexes of their own.
create table promoted_tenants (
  tenant_id   text collate "C" primary key,
  suffix      text not null unique,
  promoted_at timestamptz,
  recall      real
);

create function is_promoted(p_tenant text) returns boolean
language sql stable set search_path = headhunter, pg_catalog
return exists (select from headhunter.promoted_tenants t where t.tenant_id = p_tenant and t.promoted_at is not null);

-- Definer functions below bypass row-level security on purpose: its operators are not leakproof, so under it no GIN or
-- HNSW index is used. In return they take their tenant from the transaction, refuse any other, and write it into the
-- statement as a literal so that the planner sees one partition.
create function require_tenant(p_tenant text) returns void
language plpgsql stable set search_path = headhunter, pg_catalog as $$
begin
  if bound_tenant() is null or p_tenant is distinct from bound_tenant() then
    raise exception 'the transaction is not bound to this tenant' using errcode = 'insufficient_privilege';
  end if;
end
$$;

-- The caller's filters as a predicate over search_documents d. Every value goes through %L.
-- A fact that a resume often omits (years, seniority, country) passes when unknown, unless `unknown` is 'exclude'.
create function filter_predicate(p_filters jsonb) returns text
language plpgsql immutable set search_path = pg_catalog as $$
declare
  predicate text := '';
  lenient boolean := coalesce(p_filters ->> 'unknown', 'include') = 'include';
  rule record;
  value text;
begin
  for rule in
    select * from (values
      ('skills', 'd.skill_keys @> %L::text[]', null),
      ('locations', 'd.place_keys && %L::text[]', null),
      ('industries', 'd.industry_keys && %L::text[]', null),
      ('languages', 'd.language_keys @> %L::text[]', null),
      ('metadata', 'd.metadata @> %L::jsonb', null),
      ('countries', 'd.country = any (%L::text[])', 'd.country'),
      ('seniorityRanks', 'd.seniority_rank = any (%L::smallint[])', 'd.seniority_rank'),
      ('minYears', 'd.years_experience >= %L::real', 'd.years_experience'),
      ('maxYears', 'd.years_experience <= %L::real', 'd.years_experience')
    ) as r (name, condition, often_omitted) where p_filters ? name
  loop
    value := case jsonb_typeof(p_filters -> rule.name)
      when 'array' then (select array_agg(v)::text from jsonb_array_elements_text(p_filters -> rule.name) v)
      else p_filters ->> rule.name end;
    predicate := predicate || ' and (' || format(rule.condition, value)
      || case when lenient and rule.often_omitted is not null then format(' or %s is null', rule.often_omitted) else '' end || ')';
  end loop;
  return predicate;
end
$$;

-- Cosine leg: best chunk of each candidate, nearest first, ties by id. Exact for every tenant without partitions of its own
-- and where few enough pass the filters; otherwise the tenant's HNSW index with iterative scan. An iterative scan reads
-- p_limit / f vectors to find p_limit that pass, f being the share that does, and an exact one f * N: with the costs of one
-- step measured, the two meet at 40 * sqrt(N).
create function search_vectors(p_tenant text, p_model smallint, p_query text, p_filters jsonb, p_limit integer)
returns table (candidate_id text, similarity real, exact boolean)
language plpgsql security definer stable set search_path = headhunter, public, pg_catalog
set hnsw.ef_search = 1000 set hnsw.iterative_scan = 'relaxed_order' set hnsw.max_scan_tuples = 40000
set enable_seqscan = off set random_page_cost = 1.1 set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  exact_up_to integer;
  predicate text := filter_predicate(p_filters);
  dims integer := (select m.dimensions from embedding_models m where m.model_id = p_model);
  exact_scan boolean := not is_promoted(p_tenant);
  passing integer;
begin
  perform require_tenant(p_tenant);
  if not exact_scan and predicate <> '' then
    execute format('select (40 * sqrt(candidates))::integer from corpora where tenant_id = %L', p_tenant) into exact_up_to;
    execute format('select count(*) from (select from search_documents d where d.tenant_id = %L%s limit %s) s',
      p_tenant, predicate, exact_up_to + 1) into passing;
    exact_scan := passing <= exact_up_to;
  end if;
  if exact_scan then
    return query execute format(
      'select e.candidate_id, (1 - min(e.embedding::halfvec(%1$s) <=> $1::halfvec(%1$s)))::real as similarity, true
         from embeddings e %4$s
        where e.tenant_id = %2$L and e.model_id = %3$s%5$s
        group by e.candidate_id order by 2 desc, 1 limit %6$s',
      dims, p_tenant, p_model,
      case when predicate = '' then '' else format('join search_documents d on d.tenant_id = %L and d.candidate_id = e.candidate_id', p_tenant) end,
      predicate, p_limit) using p_query;
  else
    return query execute format(
      'with near as materialized (
         select e.candidate_id, e.embedding::halfvec(%1$s) <=> $1::halfvec(%1$s) as distance
           from embeddings e
          where e.tenant_id = %2$L and e.model_id = %3$s%4$s
          order by e.embedding::halfvec(%1$s) <=> $1::halfvec(%1$s) limit %5$s)
       select near.candidate_id, (1 - min(near.distance + 0))::real as similarity, false
         from near group by near.candidate_id order by 2 desc, 1 limit %6$s',
      dims, p_tenant, p_model,
      case when predicate = '' then '' else format(
        ' and exists (select from search_documents d where d.tenant_id = %L and d.candidate_id = e.candidate_id%s)', p_tenant, predicate) end,
      p_limit + 50, p_limit) using p_query;
  end if;
end
$$;

-- A query's words as this tenant's pool weighs them: bound = query weight * idf, idf = ln(1 + (N - n + .5) / (n + .5)).
-- A document's weight for a word is below 1, so `bound` is the most that the word can add to a score.
create function weigh_terms(p_tenant text, p_terms integer[], p_weights real[])
returns table (terms integer[], bounds real[], counts integer[], query_vector sparsevec, highest real)
language plpgsql stable set search_path = headhunter, public, pg_catalog as $$
begin
  return query execute format(
    'with q as (
       select u.term, t.candidates, (u.weight * ln(1 + (c.candidates - t.candidates + 0.5) / (t.candidates + 0.5)))::real as bound
         from unnest($1, $2) as u (term, weight)
         join term_counts t on t.tenant_id = %1$L and t.term = u.term
         join corpora c on c.tenant_id = %1$L)
     select array_agg(term order by bound desc, term), array_agg(bound order by bound desc, term),
            array_agg(candidates order by bound desc, term),
            (''{'' || string_agg(term || '':'' || bound, '','' order by term) || ''}/1000000000'')::sparsevec,
            sum(bound order by term)::real
       from q having count(*) > 0', p_tenant) using p_terms, p_weights;
end
$$;

-- BM25F leg in at most two rounds of MaxScore (Turtle and Flood 1995). First only candidates with one of the words of the
-- highest bound, enough of them to fill the answer: their k-th score is a floor. Then every candidate that has a word of
-- the smallest set whose left-out words cannot together lift anyone over that floor. `pruned` says that this set was cut
-- at the work limit, so that candidates who share only the most common words may be missing. A tenant without an index of
-- its own is scored whole. The first row carries the weighed query, for scoring other candidates by the same measure.
create function search_terms(p_tenant text, p_terms integer[], p_weights real[], p_filters jsonb, p_limit integer)
returns table (candidate_id text, score real, share real, pruned boolean, query_vector text, highest real)
language plpgsql security definer stable set search_path = headhunter, public, pg_catalog
set enable_seqscan = off set random_page_cost = 1.1 set jit = off set max_parallel_workers_per_gather = 0 as $$
declare
  work_limit constant integer := 40000;
  predicate text := filter_predicate(p_filters);
  has_index boolean := is_promoted(p_tenant);
  statement text;
  q record;
  essential integer := 0; wanted integer; work bigint := 0; rest real; kth real := 0; is_pruned boolean := false;
  found_ids text[]; found_scores real[];
begin
  perform require_tenant(p_tenant);
  select * into q from weigh_terms(p_tenant, p_terms, p_weights);
  if q.terms is null then
    return;
  end if;
  statement := format(
    'select array_agg(s.candidate_id), array_agg(s.score) from (
       select d.candidate_id, (-(d.weights <#> $1))::real as score
         from search_documents d
        where d.tenant_id = %1$L and %2$s%3$s
        order by 2 desc, 1 limit %4$s) s',
    p_tenant, case when has_index then 'd.terms && $2' else 'd.weights <#> $1 < 0' end, predicate, p_limit);
  if not has_index then
    execute statement into found_ids, found_scores using q.query_vector, q.terms;
    return query select f.id, f.s, (f.s / q.highest)::real, false, case when f.n = 1 then q.query_vector::text end, q.highest
      from unnest(found_ids, found_scores) with ordinality as f (id, s, n);
    return;
  end if;
  loop
    wanted := essential;
    rest := q.highest;
    work := 0;
    for i in 1..cardinality(q.terms) loop
      work := work + q.counts[i];
      rest := rest - q.bounds[i];
      if i > 1 and work > work_limit then
        is_pruned := true;
        exit;
      end if;
      wanted := i;
      -- Nothing found yet: twice the answer's length. Then: until the rest is below the floor.
      exit when case when essential = 0 then work >= p_limit * 2 else rest < kth end;
    end loop;
    exit when wanted <= essential;
    essential := wanted;
    execute statement into found_ids, found_scores using q.query_vector, q.terms[1:essential];
    exit when essential = cardinality(q.terms) or is_pruned;
    kth := case when cardinality(found_scores) >= p_limit then found_scores[p_limit] else 0 end;
    exit when rest < kth;
  end loop;
  return query select f.id, f.s, (f.s / q.highest)::real, is_pruned, case when f.n = 1 then q.query_vector::text end, q.highest
    from unnest(found_ids, found_scores) with ordinality as f (id, s, n);
end
$$;

revoke execute on function is_promoted, require_tenant, filter_predicate, weigh_terms, search_vectors, search_terms from public;
grant execute on function search_vectors, search_terms, weigh_terms to headhunter_runtime;

reset role;

-- Down Migration
drop function headhunter.search_terms, headhunter.weigh_terms, headhunter.search_vectors, headhunter.filter_predicate, headhunter.require_tenant,
  headhunter.is_promoted;
drop table headhunter.promoted_tenants;
