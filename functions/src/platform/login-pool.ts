import { setTimeout as sleep } from 'node:timers/promises';
import { isNativeError } from 'node:util/types';
import type { Pool, PoolClient } from 'pg';
import { log } from './log.ts';
import type { Connections } from './postgres.ts';
import { readSecret, rereadSecret } from './secrets.ts';

const pauseMs = 5_000;
const drainStepMs = 50;

interface Opened {
  readonly url: string;
  readonly pool: Pool;
}

export interface LoginPool extends Connections {
  /** @throws when no connection is to be had or it does not answer */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Connections by the login that a secret names now. A changed secret is tried behind the calls, and used once `open` has
 * let its pool in; the pool before it finishes what it began. A login that is refused has the secret read anew first.
 */
export function loginPool(secret: string, open: (url: string) => Promise<Pool>): LoginPool {
  let serving: Opened | undefined;
  let coming: { readonly url: string; readonly opened: Promise<Opened> } | undefined;
  let failed: { readonly url: string; readonly until: number } | undefined;

  function bring(url: string): Promise<Opened> {
    if (serving?.url === url) return Promise.resolve(serving);
    if (coming?.url === url) return coming.opened;
    const opened = open(url).then(
      (pool) => {
        const before = serving;
        serving = { url, pool };
        if (before) void drain(before.pool);
        return serving;
      },
      (error) => {
        failed = { url, until: Date.now() + pauseMs };
        throw error;
      },
    );
    coming = { url, opened };
    const done = () => {
      if (coming?.opened === opened) coming = undefined;
    };
    opened.then(done, done);
    return opened;
  }

  async function current(): Promise<Opened> {
    const { value } = await readSecret(secret);
    if (!serving) return (await afterRefusal(value, () => bring(value))) as Opened;
    const isPaused = failed?.url === value && Date.now() < failed.until;
    if (serving.url !== value && !isPaused) bring(value).catch(reported);
    return serving;
  }

  /** Does `work` with `url`; where that login is refused and the secret names another by now, with that one. */
  async function afterRefusal<T>(url: string, work: () => Promise<T>): Promise<T | Opened> {
    try {
      return await work();
    } catch (error) {
      if (!isRefusedLogin(error)) throw error;
      const { value } = await rereadSecret(secret);
      if (value === url) throw error;
      return bring(value);
    }
  }

  async function connect(): Promise<PoolClient> {
    const opened = await current();
    const client = await afterRefusal<PoolClient>(opened.url, () => opened.pool.connect());
    return 'pool' in client ? client.pool.connect() : client;
  }

  return {
    connect,
    async ping() {
      const client = await connect();
      await client.query('select 1').finally(() => client.release());
    },
    async close() {
      const last = await coming?.opened.catch(() => undefined);
      const pool = (last ?? serving)?.pool;
      serving = undefined;
      await pool?.end();
    },
  };
}

// A pool that is ending serves nobody who waits for a connection, so it ends after them: each waits five seconds at most.
async function drain(pool: Pool): Promise<void> {
  do await sleep(drainStepMs);
  while (pool.waitingCount > 0);
  await pool.end();
}

function isRefusedLogin(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return [code, cause?.code].some((one) => /^28[0-9A-Z]{3}$/.test(String(one)));
}

const reported = ({ message, cause }: Error) =>
  log('error', 'database.login_not_taken', { cause: isNativeError(cause) ? cause.message : message });
