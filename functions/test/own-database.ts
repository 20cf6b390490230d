import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../scripts/lib/embedded-postgres.ts';

/** A migrated database of one test file's own, where it may end logins that others need. */
export interface OwnDatabase {
  /** The address for a login, with its password if it has one. */
  url(login: string, password?: string): string;
  readonly admin: pg.Client;
  stop(): Promise<void>;
}

/**
 * The embedded Postgres; or a new database on the server that HEADHUNTER_OWN_POSTGRES_URL names by its superuser, which has
 * to be nobody else's and to ask the runtime's logins for their passwords.
 */
export async function openOwnDatabase(): Promise<OwnDatabase> {
  const given = process.env['HEADHUNTER_OWN_POSTGRES_URL'];
  const server = given ? await newDatabase(new URL(given)) : await startEmbeddedPostgres();
  const url = (login: string, password = '') => {
    const address = new URL(server.url(login));
    if (password !== '') address.password = encodeURIComponent(password);
    return address.href;
  };
  // In a process of its own, since the migrator is published as ES modules only.
  const env = { ...process.env, DATABASE_ADMIN_URL: url('postgres') };
  await promisify(execFile)(process.execPath, ['scripts/migrate.ts'], { env, timeout: 60_000 });
  const admin = new pg.Client({ connectionString: url('postgres') });
  await admin.connect();
  return {
    url,
    admin,
    async stop() {
      await admin.end();
      await server.stop();
    },
  };
}

async function newDatabase(address: URL) {
  const name = `headhunter_${randomBytes(6).toString('hex')}`;
  const run = async (statement: string) => {
    const client = new pg.Client({ connectionString: address.href });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`create database ${name}`);
  return {
    url(login: string) {
      const own = new URL(address);
      own.pathname = `/${name}`;
      own.username = login;
      return own.href;
    },
    stop: () => run(`drop database ${name} with (force)`),
  };
}
