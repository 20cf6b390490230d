import type { Pool } from 'pg';
import { Problem } from '../contract/errors.ts';
import { log } from './log.ts';
import { openPostgres } from './postgres.ts';

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
  union all select 'the tenant tables are missing: run the migrations' where (select count(*) from tables where relkind = 'p') < 7
  union all select 'pgvector is older than 0.8.4'
    where not exists (select from pg_extension where extname = 'vector' and string_to_array(extversion, '.')::int[] >= array[0, 8, 4])
`;

const admitted = new WeakMap<Pool, Promise<void>>();

/**
 * Looks once at who we are in this database and refuses to serve when isolation does not hold.
 * @throws Problem `database.unavailable`; the reasons go to the log
 */
export function admitDatabase(pool: Pool): Promise<void> {
  const known = admitted.get(pool);
  if (known) return known;
  const looking = faultsOf(pool).then(
    (faults) => {
      if (faults.length === 0) return;
      admitted.delete(pool);
      log('error', 'preflight.refused', { faults });
      throw new Problem('database.unavailable', undefined, { cause: new Error(faults.join('; ')) });
    },
    (cause) => {
      admitted.delete(pool);
      throw new Problem('database.unavailable', undefined, { cause });
    },
  );
  admitted.set(pool, looking);
  return looking;
}

/** The runtime's pool, once it has been seen that isolation holds. @throws Problem `database.unavailable` */
export async function openAdmittedPostgres(): Promise<Pool> {
  const pool = await openPostgres();
  await admitDatabase(pool);
  return pool;
}

/** Every reason for which this connection must not serve; empty when isolation holds. */
export async function faultsOf(pool: Pick<Pool, 'query'>): Promise<string[]> {
  const { rows } = await pool.query(faultsQuery);
  return rows.map((row: { fault: string }) => row.fault);
}
