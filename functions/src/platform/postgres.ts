import type { ClientBase, Pool } from 'pg';
import { type Config, readConfig } from '../config.ts';
import { Problem } from '../contract/errors.ts';
import type { TenantId } from '../contract/ids.ts';
import { traceparentOf } from '../contract/trace.ts';
import { type CallFacts, currentCallFacts } from './call-facts.ts';

export interface Rows<Row> {
  readonly rows: Row[];
  readonly rowCount: number | null;
}

/** Statements of one tenant's transaction. `tenant` is the id as an SQL literal, so that the planner sees one partition. */
export interface TenantSession {
  readonly tenant: string;
  query<Row>(text: string, values?: readonly unknown[]): Promise<Rows<Row>>;
}

/** A database that has forgotten every tenant but one. */
export interface TenantDatabase {
  readonly tenant: TenantId;
  /** Runs `work` in one transaction bound to the tenant; rolls back when it throws. */
  transaction<T>(work: (session: TenantSession) => Promise<T>): Promise<T>;
  /**
   * Calls one set-returning definer function in a single round trip: `from` is its call, with the tenant as `s.tenant`
   * and values from `$1` on. Binding happens first because the call refers to it laterally.
   */
  call<Row>(from: string, values: readonly unknown[]): Promise<Rows<Row>>;
}

let opened: Promise<Pool> | undefined;

/** The runtime's connection pool, opened at first use. */
export function openPostgres(): Promise<Pool> {
  opened ??= connect(readConfig().database).catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

async function connect({ url, poolSize, tls }: Config['database']): Promise<Pool> {
  if (!url) throw new Error('DATABASE_URL is missing: this function was not given the database');
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    ...limitsOf(tls),
    connectionString: url,
    max: poolSize,
    statement_timeout: 15_000,
    query_timeout: 20_000,
    idleTimeoutMillis: 60_000,
    allowExitOnIdle: true,
  });
  // An idle connection that breaks is replaced at the next call; without a listener it would end the process.
  pool.on('error', ignore);
  return pool;
}

const limitsOf = (tls: Config['database']['tls']) => ({
  ssl: tls === 'verify' ? { rejectUnauthorized: true } : false,
  connectionTimeoutMillis: 5_000,
  idle_in_transaction_session_timeout: 30_000,
  application_name: 'headhunter',
});

/** Statements of the maintenance role, which may run its own definer functions and nothing else. */
export interface OperatorDatabase {
  query<Row>(text: string, values?: readonly unknown[]): Promise<Rows<Row>>;
}

/** Lends the maintenance role's one connection to `work`, for statements of up to ten minutes. */
export async function withOperatorDatabase<T>(work: (database: OperatorDatabase) => Promise<T>): Promise<T> {
  const { operatorUrl, tls } = readConfig().database;
  if (!operatorUrl) throw new Error('OPERATOR_DATABASE_URL is missing: this function may not do maintenance');
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    ...limitsOf(tls),
    connectionString: operatorUrl,
    statement_timeout: 600_000,
    query_timeout: 605_000,
  });
  client.on('error', ignore);
  await client.connect().catch(unavailable);
  try {
    return await work({ query: (text, values) => run(client, text, values) });
  } finally {
    await client.end();
  }
}

/** Closes the pool; the next call opens a new one. */
export async function closePostgres(): Promise<void> {
  const pool = await opened?.catch(() => undefined);
  opened = undefined;
  await pool?.end();
}

/** The pool narrowed to one tenant. */
export function bindTenant(pool: Pool, tenant: TenantId): TenantDatabase {
  // Safe inside quotes by the alphabet of TenantId.
  const literal = `'${tenant}'`;
  return {
    tenant,
    async transaction(work) {
      const client = await pool.connect().catch(unavailable);
      let broken: Error | undefined;
      // One that breaks in use fails its next statement, which is where it is dealt with.
      client.on('error', ignore);
      try {
        await client.query(`begin; select set_config('app.tenant_id', ${literal}, true)`).catch(unavailable);
        const result = await work({ tenant: literal, query: (text, values) => run(client, text, values) });
        await client.query('commit').catch(unavailable);
        return result;
      } catch (error) {
        await client.query('rollback').catch((cause: Error) => {
          broken = cause;
        });
        throw error;
      } finally {
        client.off('error', ignore);
        client.release(broken);
      }
    },
    async call(from, values) {
      const text = `select leg.* from (select set_config('app.tenant_id', ${literal}, true) as tenant) s cross join lateral ${from} leg`;
      return run(pool, text, values);
    },
  };
}

const ignore = () => {};

async function run<Row>(on: Pool | ClientBase, text: string, values?: readonly unknown[]): Promise<Rows<Row>> {
  const facts = currentCallFacts();
  const from = performance.now();
  try {
    const result = await on.query(traced(text, facts), values as unknown[] | undefined).catch(unavailable);
    return { rows: result.rows as Row[], rowCount: result.rowCount };
  } finally {
    if (facts) {
      facts.databaseStatements += 1;
      facts.databaseMs += performance.now() - from;
    }
  }
}

// As sqlcommenter has it: the database's own logs and insights then name the trace. Made of hexadecimal digits only.
const traced = (text: string, facts: CallFacts | undefined) =>
  facts ? `${text} /*traceparent='${traceparentOf(facts.trace)}'*/` : text;

// Class 08 is a lost connection, 57 an operator's intervention or a statement timeout, 53 exhausted resources, 40 a
// conflict between writers; node's own errors carry E... codes.
function unavailable(error: Error & { code?: string }): never {
  const code = error.code ?? '';
  const lost =
    /^(08|57|53|40|55P03)/.test(code) || /^E[A-Z]+$/.test(code) || /timeout|terminated|ended/i.test(error.message);
  throw lost ? new Problem('database.unavailable', undefined, { cause: error }) : error;
}
