-- Up Migration
-- Loads pgvector, whose settings the functions below name: unknown settings may be named by superusers only.
select '[1]'::public.vector;
set local role headhunter_owner;
set local search_path = headhunter, public;

-- How many candidates each tenant holds: what index maintenance decides by. Operator only.
create function tenant_sizes() returns table (tenant_id text, candidates integer, promoted boolean)
language sql security definer stable set search_path = headhunter, pg_catalog as $$
  select c.tenant_id, c.candidates, p.promoted_at is not null
    from corpora c left join promoted_tenants p on p.tenant_id = c.tenant_id order by c.tenant_id
$$;

-- Children first: the order in which rows may leave the shared partitions.
create function tenant_tables() returns table (parent text, key_columns text)
language sql immutable set search_path = pg_catalog as $$
  values ('embeddings', 'candidate_id, model_id, chunk_type'), ('search_documents', 'candidate_id'),
         ('documents', 'document_id'), ('candidates', 'candidate_id'), ('term_counts', 'term'), ('corpora', 'tenant_id')
$$;

-- Step 1, nobody waits: copies the tenant's rows into tables of their own and builds their indexes.
create function promote_prepare(p_tenant text) returns void
language plpgsql security definer set search_path = headhunter, public, pg_catalog as $$
declare
  t record; m record; part text; definition text;
  part_suffix text := left(md5(p_tenant), 12);
begin
  if exists (select from promoted_tenants where tenant_id = p_tenant and promoted_at is not null) then
    raise exception 'tenant is promoted already' using errcode = 'object_not_in_prerequisite_state';
  end if;
  insert into promoted_tenants (tenant_id, suffix) values (p_tenant, part_suffix) on conflict (tenant_id) do nothing;
  for t in select * from tenant_tables() loop
    part := t.parent || '_p_' || part_suffix;
    execute format('drop table if exists headhunter.%I', part);
    execute format('create table headhunter.%I (like headhunter.%I including defaults including constraints including indexes including storage,
      constraint is_of_tenant check (tenant_id = %L))', part, t.parent, p_tenant);
    -- A vacuum of a big new table would stand in the way of the switch for as long as it takes.
    execute format('alter table headhunter.%I set (autovacuum_enabled = off)', part);
    if t.parent = 'search_documents' then
      execute format('alter table headhunter.%I set (toast_tuple_target = 8160)', part);
    end if;
    execute format('insert into headhunter.%I select * from headhunter.%I where tenant_id = %L', part, t.parent || '_shared', p_tenant);
  end loop;
  -- Languages and countries divide a pool too coarsely: reading such an index costs more than it spares.
  foreach definition in array array['gin (terms)', 'gin (skill_keys)', 'gin (place_keys)', 'gin (industry_keys)',
    'gin (metadata jsonb_path_ops)', 'btree (years_experience)', 'btree (seniority_rank)'] loop
    execute format('create index on headhunter.%I using %s', 'search_documents_p_' || part_suffix, definition);
  end loop;
  for m in select * from embedding_models loop
    perform index_model('embeddings_p_' || part_suffix, m.model_id, m.dimensions);
  end loop;
  for t in select * from tenant_tables() loop
    execute format('analyze headhunter.%I', t.parent || '_p_' || part_suffix);
  end loop;
end
$$;

-- One HNSW index for one model in one tenant's partition; halfvec, cosine. Careers come in clusters, between which a sparser
-- graph has too few ways: with m = 16 and ef_construction = 100 a tenth of the queries missed half of what they should find.
create function index_model(part text, p_model smallint, p_dimensions integer) returns void
language plpgsql set search_path = headhunter, public, pg_catalog as $$
begin
  execute format('create index if not exists %I on headhunter.%I using hnsw ((embedding::halfvec(%s)) halfvec_cosine_ops)
    with (m = 32, ef_construction = 200) where model_id = %s', part || '_m' || p_model, part, p_dimensions, p_model);
end
$$;

-- Step 2: recall@20 of the new HNSW indexes against an exact scan, over vectors of the tenant's own; null when it has none.
create function promote_recall(p_tenant text, p_samples integer) returns real
language plpgsql security definer set search_path = headhunter, public, pg_catalog
set hnsw.ef_search = 1000 set hnsw.iterative_scan = 'relaxed_order' as $$
declare
  part text := 'embeddings_p_' || (select suffix from promoted_tenants where tenant_id = p_tenant);
  m record; probe record; hits integer; wanted integer; hit_total bigint := 0; wanted_total bigint := 0;
begin
  for m in select * from embedding_models loop
    for probe in execute format(
      'select embedding::text as v from headhunter.%I where model_id = %s order by md5(candidate_id) limit %s', part, m.model_id, p_samples)
    loop
      execute format(
        'with near as materialized (select candidate_id from headhunter.%1$I where model_id = %2$s
           order by embedding::halfvec(%3$s) <=> $1::halfvec(%3$s) limit 20),
         exact as materialized (select candidate_id from headhunter.%1$I where model_id = %2$s
           order by (embedding::halfvec(%3$s) <=> $1::halfvec(%3$s)) + 0 limit 20)
         select (select count(*) from near join exact using (candidate_id)), (select count(*) from exact)',
        part, m.model_id, m.dimensions) into hits, wanted using probe.v;
      hit_total := hit_total + hits;
      wanted_total := wanted_total + wanted;
    end loop;
  end loop;
  return case when wanted_total = 0 then null else hit_total::real / wanted_total end;
end
$$;

-- Step 3, writers wait for the moment it takes: brings the copies up to date, moves the tenant over, all or nothing.
create function promote_switch(p_tenant text, p_recall real) returns void
language plpgsql security definer set search_path = headhunter, public, pg_catalog set lock_timeout = '200ms' as $$
declare
  t record; part text; shared text;
  part_suffix text := (select suffix from promoted_tenants where tenant_id = p_tenant and promoted_at is null);
begin
  if part_suffix is null then
    raise exception 'tenant is not prepared for promotion' using errcode = 'object_not_in_prerequisite_state';
  end if;
  -- No order of locking suits every reader and writer, so no lock is waited for long: whoever is in the way ends first, we
  -- let go of what we have (a failed block releases its locks) and try again. The wait stays below deadlock_timeout.
  for attempt in 1..100 loop
    begin
      for t in select * from tenant_tables() order by parent <> 'candidates' loop
        execute format('lock table only headhunter.%I in access exclusive mode', t.parent);
      end loop;
      for t in select * from tenant_tables() loop
        execute format('lock table headhunter.%I, headhunter.%I in access exclusive mode', t.parent || '_shared',
          t.parent || '_p_' || part_suffix);
      end loop;
      -- What attaching takes for the foreign key.
      lock table embedding_models in share row exclusive mode;
      exit;
    exception when lock_not_available then
      if attempt = 100 then
        raise;
      end if;
      perform pg_sleep(0.05 + 0.1 * random());
    end;
  end loop;
  for t in select * from tenant_tables() loop
    part := t.parent || '_p_' || part_suffix;
    shared := t.parent || '_shared';
    execute format('delete from headhunter.%1$I p where not exists (
      select from headhunter.%2$I s where s.tenant_id = %3$L and (%4$s) and s.* is not distinct from p.*)', part, shared, p_tenant,
      (select string_agg(format('s.%1$s = p.%1$s', trim(k)), ' and ') from unnest(string_to_array(t.key_columns, ',')) k));
    execute format('insert into headhunter.%1$I select * from headhunter.%2$I s where s.tenant_id = %3$L
      and not exists (select from headhunter.%1$I p where (%4$s))', part, shared, p_tenant,
      (select string_agg(format('s.%1$s = p.%1$s', trim(k)), ' and ') from unnest(string_to_array(t.key_columns, ',')) k));
  end loop;
  for t in select * from tenant_tables() loop
    execute format('delete from headhunter.%I where tenant_id = %L', t.parent || '_shared', p_tenant);
  end loop;
  for t in select * from tenant_tables() order by parent <> 'candidates' loop
    execute format('alter table headhunter.%I attach partition headhunter.%I for values in (%L)', t.parent, t.parent || '_p_' || part_suffix, p_tenant);
    execute format('alter table headhunter.%I reset (autovacuum_enabled)', t.parent || '_p_' || part_suffix);
  end loop;
  update promoted_tenants set promoted_at = now(), recall = p_recall where tenant_id = p_tenant;
end
$$;

revoke execute on function tenant_sizes, tenant_tables, promote_prepare, index_model, promote_recall, promote_switch from public;
grant execute on function tenant_sizes, promote_prepare, promote_recall, promote_switch to headhunter_operator;

reset role;

-- Down Migration
drop function headhunter.promote_switch, headhunter.promote_recall, headhunter.promote_prepare, headhunter.index_model,
  headhunter.tenant_tables, headhunter.tenant_sizes;
