import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';

const dir = fileURLToPath(new URL('../../functions/migrations', import.meta.url));

/** Applies every migration that is missing, each in its own transaction, and returns the names of those it applied. */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const applied = await runner({
    databaseUrl,
    dir,
    direction: 'up',
    migrationsTable: 'headhunter_migrations',
    checkOrder: true,
    singleTransaction: false,
    log: () => {},
  });
  return applied.map((migration) => migration.name);
}
