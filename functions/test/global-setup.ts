import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startStack } from '../../scripts/lib/stack.ts';
import { tellSecret } from './known-secrets.ts';

/**
 * One database, Firestore and Auth for the whole run; test files keep apart by tenants of their own. What any test or program of
 * the run leaves in the system's temporary directory is in the run's folder, which goes with it whether it failed or not.
 */
export default async function globalSetup(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'headhunter-run-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const temporary = path.join(folder, 'tmp');
  mkdirSync(temporary);
  Object.assign(process.env, {
    TMPDIR: temporary,
    TEMP: temporary,
    TMP: temporary,
    // The programs that tests start are read and compiled once, not at every start.
    NODE_COMPILE_CACHE: path.resolve('.local/compile-cache'),
  });
  const stack = await startStack();
  Object.assign(process.env, stack.env, {
    DATABASE_POOL_SIZE: '3',
    TEST_RUN_FOLDER: folder,
    ADMIN_DATABASE_URL: stack.database.url('postgres'),
  });
  if (stack.firestore.kind === 'in-process')
    process.stderr.write(`Firestore rules: tests skipped, since ${stack.firestore.because}\n`);
  tellSecret('OAUTH_SIGNING_KEY', JSON.parse(stack.env['OAUTH_SIGNING_KEY'] ?? '{}').d);
  (globalThis as { stack?: unknown }).stack = stack;
}
