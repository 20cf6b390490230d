import pg from 'pg';

/** What only the superuser of a test run sees: the rows of any tenant, in any table. */
export interface TenantRows {
  /** The partitioned tables with a `tenant_id`, by name. */
  readonly tables: readonly string[];
  /** How many rows of each table are the tenant's. */
  countsOf(tenant: string): Promise<Record<string, number>>;
  /** Of the tenant: words in use, words whose stored count a recount does not give, and how far the number of people is off. */
  miscountsOf(tenant: string): Promise<{ words: number; wrong: number; people: number }>;
  /** The tables and partitions, of every schema, with a row that holds this text anywhere. */
  tracesOf(text: string): Promise<string[]>;
  // biome-ignore lint/suspicious/noExplicitAny: the rows are whatever the statement says
  query(text: string, values?: unknown[]): Promise<any[]>;
  close(): Promise<void>;
}

export async function openTenantRows(): Promise<TenantRows> {
  const client = new pg.Client({ connectionString: process.env['ADMIN_DATABASE_URL'] });
  await client.connect();
  const query = async (text: string, values: unknown[] = []) => (await client.query(text, values)).rows;
  const partitioned = await query(
    `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
     where c.relnamespace = 'headhunter'::regnamespace and c.relkind = 'p' order by c.relname`,
  );
  const tables: string[] = partitioned.map((row) => row.name);
  return {
    tables,
    async countsOf(tenant) {
      const counts = tables.map(
        (name) => `(select count(*)::int from headhunter.${name} where tenant_id = $1) as ${name}`,
      );
      return (await query(`select ${counts.join(', ')}`, [tenant]))[0];
    },
    async miscountsOf(tenant) {
      const [words] = await query(
        `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'terms'
         where c.relnamespace = 'headhunter'::regnamespace and c.relkind = 'p'`,
      );
      const [miscounts] = await query(
        `with recount as (
             select term, count(*)::int as n from headhunter.${words.name}, unnest(terms) as term where tenant_id = $1 group by term),
           counted as (select term, candidates from headhunter.term_counts where tenant_id = $1)
         select (select count(*)::int from recount) as words,
           (select count(*)::int from recount r full join counted t on t.term = r.term where r.n is distinct from t.candidates) as wrong,
           (select count(*)::int from headhunter.candidates where tenant_id = $1)
             - coalesce((select candidates from headhunter.corpora where tenant_id = $1), 0) as people`,
        [tenant],
      );
      return miscounts;
    },
    async tracesOf(text) {
      const everywhere = await query(
        `select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') and c.relkind in ('r', 'p') order by 1`,
      );
      const found: string[] = [];
      for (const { name } of everywhere) {
        const [hit] = await query(`select exists (select from ${name} x where position($1 in x::text) > 0) as found`, [
          text,
        ]);
        if (hit.found) found.push(name);
      }
      return found;
    },
    query,
    close: () => client.end(),
  };
}
