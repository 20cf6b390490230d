import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startStack } from '../../scripts/lib/stack.ts';
import { tellSecret } from './known-secrets.ts';

/** One database, Firestore and Auth for the whole run; test files keep apart by tenants of their own. */
export default async function globalSetup(): Promise<void> {
  const stack = await startStack();
  Object.assign(process.env, stack.env, {
    DATABASE_POOL_SIZE: '3',
    TEST_RUN_FOLDER: mkdtempSync(path.join(tmpdir(), 'headhunter-run-')),
    ADMIN_DATABASE_URL: stack.database.url('postgres'),
  });
  if (stack.firestore.kind === 'in-process')
    process.stderr.write(`Firestore rules: tests skipped, since ${stack.firestore.because}\n`);
  tellSecret('OAUTH_SIGNING_KEY', JSON.parse(stack.env['OAUTH_SIGNING_KEY'] ?? '{}').d);
  (globalThis as { stack?: unknown }).stack = stack;
}
