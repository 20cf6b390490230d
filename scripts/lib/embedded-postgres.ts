import { once } from 'node:events';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { claimPidFile } from './pid-file.ts';

const bootMs = 60_000;
const stopMs = 15_000;

/** A running embedded Postgres. `url('postgres')` is the superuser; any role that may log in can be named. */
export interface EmbeddedPostgres {
  url(user: string): string;
  readonly port: number;
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL (PGlite: 18, with pgvector, unaccent and pg_trgm) on 127.0.0.1 for the ordinary `pg` client.
 * `dataDir` keeps the data between runs, without it they live in memory; `port` 0 takes any free one.
 * It runs in a thread of its own, so that a long statement does not hold up the event loop.
 *
 * Differences from a server: there is one backend, so statements run one at a time and a transaction holds the other
 * connections back (30 s idle at most, they wait 60 s at most); a role without a password is let in without one, since only
 * this machine reaches it; named prepared statements and COPY FROM STDIN are refused; session advisory locks, temporary tables and LISTEN
 * are shared by all connections.
 */
export async function startEmbeddedPostgres(
  options: { dataDir?: string; port?: number } = {},
): Promise<EmbeddedPostgres> {
  const dataDir = options.dataDir === undefined ? undefined : path.resolve(options.dataDir);
  const release = dataDir === undefined ? () => {} : claimPidFile(`${dataDir}.pid`);
  const worker = new Worker(new URL('./embedded-postgres/worker.ts', import.meta.url), {
    workerData: { dataDir, port: options.port ?? 0 },
  });
  let stopping = false;
  worker.on('error', (error) => {
    if (!stopping) process.stderr.write(`embedded Postgres ended: ${error.message}\n`);
  });
  const ended = once(worker, 'exit').finally(release);
  try {
    const ready = once(worker, 'message', { signal: AbortSignal.timeout(bootMs) });
    const died = ended.then(() => {
      throw new Error('embedded Postgres ended before it was ready');
    });
    const [{ port }] = (await Promise.race([ready, died])) as [{ port: number }];
    return {
      port,
      url: (user) => `postgres://${encodeURIComponent(user)}@127.0.0.1:${port}/postgres`,
      async stop() {
        if (stopping) return void (await ended);
        stopping = true;
        worker.postMessage('stop');
        const forced = setTimeout(() => void worker.terminate(), stopMs);
        await ended;
        clearTimeout(forced);
      },
    };
  } catch (error) {
    stopping = true;
    await worker.terminate();
    throw error;
  }
}
