import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { vector } from '@electric-sql/pglite-pgvector';

const settings = {
  shared_buffers: '256MB',
  maintenance_work_mem: '512MB', // an HNSW graph that outgrows this is built many times slower
  work_mem: '16MB',
  random_page_cost: '1.1',
  synchronous_commit: 'off',
  jit: 'off',
};

/** Where a fresh, empty data folder is kept packed: unpacking takes about 1 s, making one 4 to 6 s. */
function templatePath(): string {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('@electric-sql/pglite');
  const manifest = require(path.join(path.dirname(entry), '..', 'package.json')) as { version: string };
  const modules = path.resolve(path.dirname(entry), '..', '..', '..');
  return path.join(modules, '.cache', 'headhunter', `postgres-${manifest.version}.tar`);
}

/** Opens the database in `dataDir`, made if it is not there; in memory without one. */
export async function bootDatabase(dataDir: string | undefined): Promise<PGlite> {
  const template = templatePath();
  const fresh = dataDir === undefined || !existsSync(path.join(dataDir, 'PG_VERSION'));
  const packed = fresh && existsSync(template) ? new Blob([await readFile(template)]) : undefined;
  if (dataDir !== undefined) await mkdir(dataDir, { recursive: true });
  const database = await PGlite.create({
    ...(dataDir === undefined ? {} : { dataDir }),
    ...(packed === undefined ? {} : { loadDataDir: packed }),
    extensions: { vector, unaccent, pg_trgm },
    startParams: [...PGlite.defaultStartParams, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
  });
  if (fresh && packed === undefined) await keep(database, template);
  return database;
}

async function keep(database: PGlite, template: string): Promise<void> {
  const tar = await database.dumpDataDir('none');
  await mkdir(path.dirname(template), { recursive: true });
  const partial = `${template}.${process.pid}`;
  await writeFile(partial, Buffer.from(await tar.arrayBuffer()));
  await rename(partial, template);
}
