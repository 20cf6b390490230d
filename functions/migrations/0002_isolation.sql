-- Up Migration
set local role headhunter_owner;

-- The tenant of this transaction; null when nobody bound one, and then no row is visible.
create function headhunter.bound_tenant() returns text
language sql stable parallel safe
return nullif(current_setting('app.tenant_id', true), '');

-- The one isolation template. A tenant table is LIST-partitioned by tenant_id, begins with a shared default partition,
-- and shows and accepts only rows of the bound tenant. The runtime role reaches partitions through the parent alone.
create function headhunter.isolate(parent regclass) returns void
language plpgsql set search_path = pg_catalog as $$
declare
  parent_name text := (select relname from pg_class where oid = parent);
begin
  execute format('create table headhunter.%I partition of %s default', parent_name || '_shared', parent);
  execute format('alter table %s enable row level security', parent);
  execute format(
    'create policy of_bound_tenant on %s for all to headhunter_runtime
       using (tenant_id = headhunter.bound_tenant()) with check (tenant_id = headhunter.bound_tenant())', parent);
  execute format('grant select, insert, update, delete on %s to headhunter_runtime', parent);
end
$$;
revoke execute on function headhunter.isolate from public;

reset role;

-- Down Migration
drop function headhunter.isolate, headhunter.bound_tenant;
