import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import { migrate } from './migrate.ts';

/** A migrated database on this machine. `url('headhunter_runtime_a')` is what functions connect with. */
export interface LocalDatabase {
  readonly kind: 'embedded' | 'native';
  url(role: string): string;
  stop(): Promise<void>;
}

/**
 * The embedded Postgres, its data in `dataDir` or in memory; or, when HEADHUNTER_POSTGRES_ADMIN_URL names a server and its
 * superuser, a new database there that is dropped at the end. Either way with every migration applied.
 */
export async function startDatabase(options: { dataDir?: string; port?: number } = {}): Promise<LocalDatabase> {
  const admin = process.env['HEADHUNTER_POSTGRES_ADMIN_URL'];
  const database = admin
    ? await createNative(new URL(admin))
    : { kind: 'embedded' as const, ...(await startEmbeddedPostgres(options)) };
  try {
    await migrate(database.url('postgres'));
  } catch (error) {
    await database.stop();
    throw error;
  }
  return database;
}

async function createNative(admin: URL): Promise<LocalDatabase> {
  const name = `headhunter_${randomBytes(6).toString('hex')}`;
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: admin.href, connectionTimeoutMillis: 5_000 });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`create database ${name}`);
  return {
    kind: 'native',
    url(role) {
      const url = new URL(admin);
      url.pathname = `/${name}`;
      if (role !== 'postgres') url.username = role;
      return url.href;
    },
    stop: () => run(`drop database ${name} with (force)`),
  };
}
