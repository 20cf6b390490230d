-- Up Migration
set local role headhunter_owner;
set local search_path = headhunter, public;

-- Every tenant there is or was. The row outlives an erasure: an id that once named somebody never names anybody else.
create table tenants (
  tenant_id     text collate "C" primary key,
  registered_at timestamptz not null default now(),
  erased_at     timestamptz
);

create function tenant_register(p_tenant text) returns void
language plpgsql security definer set search_path = headhunter, pg_catalog as $$
begin
  insert into tenants (tenant_id) values (p_tenant) on conflict do nothing;
  if exists (select from tenants t where t.tenant_id = p_tenant and t.erased_at is not null) then
    raise exception 'the tenant was erased' using errcode = 'object_not_in_prerequisite_state';
  end if;
end
$$;

create function tenant_state(p_tenant text) returns table (is_registered boolean, is_promoted boolean, is_erased boolean)
language sql security definer stable set search_path = headhunter, pg_catalog as $$
  select exists (select from tenants t where t.tenant_id = p_tenant), is_promoted(p_tenant),
    exists (select from tenants t where t.tenant_id = p_tenant and t.erased_at is not null)
$$;

create function tenant_mark_erased(p_tenant text) returns void
language sql security definer set search_path = headhunter, pg_catalog as $$
  insert into tenants (tenant_id, erased_at) values (p_tenant, now())
    on conflict (tenant_id) do update set erased_at = coalesce(tenants.erased_at, excluded.erased_at)
$$;

-- Where rows of tenants can be: read from the catalogue, so that a table added later is exported, erased and looked into
-- without anybody remembering it here. Those that others refer to come last.
create function tenant_holders() returns table (relation name, key_columns text[], key_types text[])
language sql stable set search_path = headhunter, pg_catalog as $$
  select c.relname, k.key_columns, k.key_types
  from pg_class c
    cross join lateral (
      select array_agg(quote_ident(a.attname) order by p.n) as key_columns,
        array_agg(format_type(a.atttypid, a.atttypmod) order by p.n) as key_types
      from pg_index i cross join unnest(i.indkey) with ordinality as p (attnum, n)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = p.attnum
      where i.indrelid = c.oid and i.indisprimary) k
  where c.relnamespace = 'headhunter'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'tenants'
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
  order by exists (select from pg_constraint f where f.contype = 'f' and f.confrelid = c.oid), c.relname
$$;

-- The suffix of the partitions that would be the tenant's own, whether or not there are any.
create function tenant_suffix(p_tenant text) returns text
language sql immutable set search_path = pg_catalog
return left(md5(p_tenant), 12);

-- How many rows of the tenant each table holds, and how many tables are its own.
create function tenant_counts(p_tenant text) returns table (holder text, held bigint)
language plpgsql security definer stable set search_path = headhunter, pg_catalog as $$
begin
  for holder in select h.relation from tenant_holders() h loop
    execute format('select count(*) from headhunter.%I where tenant_id = %L', holder, p_tenant) into held;
    return next;
  end loop;
  holder := 'own_partitions';
  select count(*) into held from pg_class c
    where c.relnamespace = 'headhunter'::regnamespace and c.relkind = 'r' and c.relname like '%\_p\_' || tenant_suffix(p_tenant);
  return next;
end
$$;

-- One page of one table as JSON, in the order of its primary key, after the position of an earlier page's last row.
create function tenant_page(p_tenant text, p_holder text, p_after text[], p_limit integer) returns table (pos text[], body text)
language plpgsql security definer stable set search_path = headhunter, public, pg_catalog as $$
declare
  h record; keys text; after text;
begin
  select * into h from tenant_holders() t where t.relation = p_holder;
  if h is null or h.key_columns is null then
    raise exception 'no such table of tenants' using errcode = 'undefined_table';
  end if;
  keys := array_to_string(h.key_columns, ', ');
  select string_agg(format('%L::%s', v, h.key_types[n]), ', ' order by n) into after from unnest(p_after) with ordinality as a (v, n);
  return query execute format('select array[%s], to_jsonb(t)::text from headhunter.%I t where tenant_id = %L %s order by %s limit %s',
    (select string_agg(format('t.%s::text', k), ', ' order by n) from unnest(h.key_columns) with ordinality as c (k, n)),
    p_holder, p_tenant, case when after is null then '' else format('and (%s) > (%s)', keys, after) end, keys, p_limit);
end
$$;

-- One step of erasing a tenant: drops one partition of its own, or else deletes up to p_limit rows. How many tables or rows
-- that were; nothing is left when it says 0. One partition to a transaction, since dropping one keeps everybody from its table.
create function tenant_erase(p_tenant text, p_limit integer) returns bigint
language plpgsql security definer set search_path = headhunter, public, pg_catalog set lock_timeout = '200ms' as $$
declare
  h record; part text; gone bigint; total bigint := 0;
  own_suffix constant text := tenant_suffix(p_tenant);
begin
  for h in select relation from tenant_holders() loop
    part := h.relation || '_p_' || own_suffix;
    continue when to_regclass(format('headhunter.%I', part)) is null;
    -- As in promote_switch: nobody's lock is waited for long, and a block that fails lets go of its own.
    for attempt in 1..100 loop
      begin
        if (select c.relispartition from pg_class c where c.oid = format('headhunter.%I', part)::regclass) then
          execute format('alter table headhunter.%I detach partition headhunter.%I', h.relation, part);
        end if;
        execute format('drop table headhunter.%I', part);
        return 1;
      exception when lock_not_available then
        if attempt = 100 then
          raise;
        end if;
        perform pg_sleep(0.05 + 0.1 * random());
      end;
    end loop;
  end loop;
  for h in select * from tenant_holders() loop
    exit when total >= p_limit;
    execute format('delete from headhunter.%1$I where tenant_id = %2$L and (%3$s) in
      (select %3$s from headhunter.%1$I where tenant_id = %2$L limit %4$s)',
      h.relation, p_tenant, coalesce(array_to_string(h.key_columns, ', '), 'ctid'), p_limit - total);
    get diagnostics gone = row_count;
    total := total + gone;
  end loop;
  return total;
end
$$;

revoke execute on function tenant_register, tenant_state, tenant_mark_erased, tenant_holders, tenant_suffix, tenant_counts, tenant_page,
  tenant_erase from public;
grant execute on function tenant_register, tenant_state, tenant_mark_erased, tenant_counts, tenant_page, tenant_erase to headhunter_operator;

reset role;

-- Down Migration
drop function headhunter.tenant_erase, headhunter.tenant_page, headhunter.tenant_counts, headhunter.tenant_holders,
  headhunter.tenant_suffix, headhunter.tenant_mark_erased, headhunter.tenant_state, headhunter.tenant_register;
drop table headhunter.tenants;
