import type { PoolClient } from 'pg';
import type { Attribution, Claim } from '../context.ts';
import { auditBody, type Deed, type RecordedEntry } from '../contract/audit.ts';
import { Problem } from '../contract/errors.ts';
import type { TenantId } from '../contract/ids.ts';
import type { Connections } from './postgres.ts';
import { ignore, type Rows, run, unavailable } from './statements.ts';

/** Statements of one tenant's transaction. `tenant` is the id as an SQL literal, so that the planner sees one partition. */
export interface TenantSession {
  readonly tenant: string;
  query<Row>(text: string, values?: readonly unknown[]): Promise<Rows<Row>>;
}

/** A database that has forgotten every tenant but one. */
export interface TenantDatabase {
  readonly tenant: TenantId;
  /** Reads as of one moment, in a transaction that can write nothing. */
  transaction<T>(work: (session: TenantSession) => Promise<T>): Promise<T>;
  /**
   * Runs `work` in one transaction and commits it together with the audit entry of what `work` says it did. When it says
   * null or throws, nothing is changed and nothing recorded. The caller's Idempotency-Key learns of it in the same transaction.
   */
  change<T>(work: (session: TenantSession) => Promise<{ result: T; entry: Deed | null }>): Promise<T>;
  /**
   * Calls one definer function in a single round trip: `from` is its call, with the tenant as `s.tenant` and values from
   * `$1` on. Binding happens first because the call refers to it laterally.
   */
  call<Row>(from: string, values: readonly unknown[]): Promise<Rows<Row>>;
}

/** The database narrowed to one tenant, and to the one on whose behalf it is changed. */
export function bindTenant(connections: Connections, tenant: TenantId, attribution: Attribution): TenantDatabase {
  // Safe inside quotes by the alphabet of TenantId.
  const literal = `'${tenant}'`;
  const within = <T>(begin: string, work: (session: TenantSession) => Promise<Ended<T>>) =>
    inTransaction(connections, `${begin}; select set_config('app.tenant_id', ${literal}, true)`, (query) =>
      work({ tenant: literal, query }),
    );
  return {
    tenant,
    transaction: (work) =>
      within('begin read only', async (session) => ({ result: await work(session), by: 'commit' })),
    async change(work) {
      let recorded: RecordedEntry | undefined;
      const result = await within('begin', async (session) => {
        const { result, entry } = await work(session);
        if (!entry) return { result, by: 'rollback' };
        if (attribution.claim) await markEffect(session, attribution.claim);
        recorded = await record(session, auditBody(attribution, { ...entry, outcome: 'allowed' }));
        return { result, by: 'commit' };
      });
      if (recorded) attribution.onRecorded?.(recorded);
      return result;
    },
    async call<Row>(from: string, values: readonly unknown[]) {
      const text = `select leg.* from (select set_config('app.tenant_id', ${literal}, true) as tenant) s cross join lateral ${from} leg`;
      return onConnection(connections, (client, breakOff) =>
        run<Row>(client, text, values).catch((error: Error) => {
          breakOff(error);
          throw error;
        }),
      );
    },
  };
}

/** What a transaction came to, and how it ends. */
interface Ended<T> {
  readonly result: T;
  readonly by: 'commit' | 'rollback';
}

async function inTransaction<T>(
  connections: Connections,
  begin: string,
  work: (query: TenantSession['query']) => Promise<Ended<T>>,
): Promise<T> {
  return onConnection(connections, async (client, breakOff) => {
    try {
      await client.query(begin).catch(unavailable);
      const { result, by } = await work((text, values) => run(client, text, values));
      await client.query(by).catch(unavailable);
      return result;
    } catch (error) {
      await client.query('rollback').catch(breakOff);
      throw error;
    }
  });
}

/** Lends a connection to `work`, which may say that it is broken, so that nobody gets it again. */
async function onConnection<T>(
  connections: Connections,
  work: (client: PoolClient, breakOff: (cause: Error) => void) => Promise<T>,
): Promise<T> {
  const client = await connections.connect().catch(unavailable);
  let broken: Error | undefined;
  // One that breaks in use fails its next statement, which is where it is dealt with.
  client.on('error', ignore);
  try {
    return await work(client, (cause) => {
      broken = cause;
    });
  } finally {
    client.off('error', ignore);
    client.release(broken);
  }
}

// From the commit on, the work is never done again under the caller's Idempotency-Key; whoever lost the key does nothing.
async function markEffect(session: TenantSession, { actor, keyId, lease }: Claim): Promise<void> {
  const { rows } = await session.query<{ held: boolean }>('select headhunter.mark_effect($1, $2, $3) as held', [
    actor,
    keyId,
    lease,
  ]);
  if (!rows[0]?.held) throw new Problem('idempotency.in_progress');
}

// Last of all, since whoever appends to a chain holds the next one up until the commit.
async function record(session: TenantSession, body: string): Promise<RecordedEntry> {
  const { rows } = await session.query<{ seq: string; hash: string }>(
    'select entry_seq as seq, entry_hash as hash from headhunter.record_audit($1)',
    [body],
  );
  if (!rows[0]) throw new Error('the database gave no audit entry');
  return { chain: 'records', seq: Number(rows[0].seq), hash: rows[0].hash };
}
