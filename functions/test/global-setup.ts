import { startStack } from '../../scripts/lib/stack.ts';

/** One database, Firestore and Auth for the whole run; test files keep apart by tenants of their own. */
export default async function globalSetup(): Promise<void> {
  const stack = await startStack();
  Object.assign(process.env, stack.env, {
    DATABASE_POOL_SIZE: '3',
    ADMIN_DATABASE_URL: stack.database.url('postgres'),
  });
  if (stack.firestore.kind === 'in-process')
    process.stderr.write(`Firestore rules: tests skipped, since ${stack.firestore.because}\n`);
  (globalThis as { stack?: unknown }).stack = stack;
}
