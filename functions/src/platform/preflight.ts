import type { Pool } from 'pg';
import { Problem } from '../contract/errors.ts';
import { log } from './log.ts';

/** Each row is a reason not to serve. Run as the runtime role on its own connection. */
const faultsQuery = `
  with tables as (
    select c.oid, c.relname, c.relkind, c.relrowsecurity, c.relowner, o.rolname as owner, o.rolcanlogin as owner_logs_in
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_roles o on o.oid = c.relowner
    where n.nspname = 'headhunter' and c.relkind in ('r', 'p') and not c.relispartition
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id')
  )
  select 'the runtime role is a superuser or bypasses row-level security' as fault
    from pg_roles where rolname in (current_user, session_user) and (rolsuper or rolbypassrls)
  union all select format('the runtime role is, or can become, the owner of %s', relname)
    from tables where pg_has_role(session_user, relowner, 'MEMBER')
  union all select format('the login has more than the runtime role: %s', r.rolname)
    from pg_roles r where pg_has_role(session_user, r.oid, 'MEMBER') and r.rolname not in (session_user, 'headhunter_runtime')
      and not exists (select from tables where relowner = r.oid)
  union all select 'the login may make roles or databases, or replicate'
    from pg_roles where rolname in (current_user, session_user) and (rolcreaterole or rolcreatedb or rolreplication)
  union all select format('the login has rights of its own on %s', o.name)
    from (select relname as name, relacl as acl, relnamespace as space from pg_class
          union all select proname, proacl, pronamespace from pg_proc
          union all select nspname, nspacl, oid from pg_namespace) o
      join pg_namespace n on n.oid = o.space cross join lateral aclexplode(o.acl) a
    where n.nspname = 'headhunter' and session_user <> 'headhunter_runtime'
      and a.grantee = (select oid from pg_roles where rolname = session_user)
  union all select format('the owner of %s can log in', relname) from tables where owner_logs_in
  union all select format('table %s has no row-level security and is readable', relname)
    from tables where not relrowsecurity and has_table_privilege(oid, 'SELECT')
  union all select format('partition %s is open directly', c.relname)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'headhunter' and c.relispartition and c.relkind in ('r', 'p')
      and has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')
  union all select format('table %s has a policy other than that of the bound tenant: %s', t.relname, p.polname)
    from tables t join pg_policy p on p.polrelid = t.oid
    where pg_get_expr(p.polqual, p.polrelid) is distinct from '(tenant_id = headhunter.bound_tenant())'
      or pg_get_expr(p.polwithcheck, p.polrelid) is distinct from '(tenant_id = headhunter.bound_tenant())'
  union all select format('the runtime role may call %s', p.proname)
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'headhunter' and p.prosecdef and has_function_privilege(p.oid, 'EXECUTE')
      and p.proname not in ('register_model', 'search_vectors', 'search_terms', 'record_audit')
  union all select format('definer function %s has no fixed search_path', p.proname)
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname = 'headhunter' and p.prosecdef
      and not exists (select from unnest(p.proconfig) setting where setting like 'search_path=%')
  union all select 'the tenant tables are missing: run the migrations' where (select count(*) from tables where relkind = 'p') < 22
  union all select 'pgvector is older than 0.8.4'
    where not exists (select from pg_extension where extname = 'vector' and string_to_array(extversion, '.')::int[] >= array[0, 8, 4])
`;

/**
 * Looks at who we are in this database and refuses to serve when isolation does not hold.
 * @throws Problem `database.unavailable`; the reasons go to the log
 */
export async function admitDatabase(pool: Pick<Pool, 'query'>): Promise<void> {
  const faults = await faultsOf(pool).catch((cause) => {
    throw new Problem('database.unavailable', undefined, { cause });
  });
  if (faults.length === 0) return;
  log('error', 'preflight.refused', { faults });
  throw new Problem('database.unavailable', undefined, { cause: new Error(faults.join('; ')) });
}

/** Every reason for which this connection must not serve; empty when isolation holds. */
export async function faultsOf(pool: Pick<Pool, 'query'>): Promise<string[]> {
  const { rows } = await pool.query(faultsQuery);
  return rows.map((row: { fault: string }) => row.fault);
}
