import type { Pool, PoolClient } from 'pg';
import { type Config, readConfig } from '../config.ts';
import { ignore, type Rows, run, unavailable } from './statements.ts';

/** Makes the pool of one login; nothing is connected yet. */
export async function newPool(url: string): Promise<Pool> {
  const { poolSize, tls } = readConfig().database;
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

/** Statements of a role that may run its own definer functions and nothing else. */
export interface OperatorDatabase {
  query<Row>(text: string, values?: readonly unknown[]): Promise<Rows<Row>>;
}

/** Lends the maintenance role's one connection to `work`, for statements of up to ten minutes. */
export async function withOperatorDatabase<T>(work: (database: OperatorDatabase) => Promise<T>): Promise<T> {
  const { operatorUrl } = readConfig().database;
  if (!operatorUrl) throw new Error('OPERATOR_DATABASE_URL is missing: this function may not do maintenance');
  return withClient(operatorUrl, 600_000, work);
}

/** Lends a connection of the role that sets the runtime's passwords, for statements of up to ten seconds. */
export async function withRotatorDatabase<T>(work: (database: OperatorDatabase) => Promise<T>): Promise<T> {
  const { rotatorUrl } = readConfig().database;
  if (!rotatorUrl) throw new Error('ROTATOR_DATABASE_URL is missing: this function may not set passwords');
  return withClient(rotatorUrl, 10_000, work);
}

async function withClient<T>(url: string, limitMs: number, work: (database: OperatorDatabase) => Promise<T>) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    ...limitsOf(readConfig().database.tls),
    connectionString: url,
    statement_timeout: limitMs,
    query_timeout: limitMs + 5_000,
  });
  client.on('error', ignore);
  await client.connect().catch(unavailable);
  try {
    return await work({ query: (text, values) => run(client, text, values) });
  } finally {
    await client.end();
  }
}

/** The maintenance role, with a connection for every statement: for work that pauses between them. */
export const operatorDatabase: OperatorDatabase = {
  query: (text, values) => withOperatorDatabase((database) => database.query(text, values)),
};

/** Where a connection is to be had: a pool, or whichever one serves now. */
export interface Connections {
  connect(): Promise<PoolClient>;
}
