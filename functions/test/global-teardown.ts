import type { Stack } from '../../scripts/lib/stack.ts';
import { leaksOf } from './known-secrets.ts';

/** Stops what the setup started, and fails the run when a log line of it holds a secret that a test made or sent. */
export default async function globalTeardown(): Promise<void> {
  await (globalThis as { stack?: Stack }).stack?.stop();
  const folder = process.env['TEST_RUN_FOLDER'];
  if (!folder) throw new Error('the run kept no log lines, so nobody knows whether they hold a secret');
  const { lines, secrets, leaks } = leaksOf(folder);
  if (leaks.length > 0) {
    const some = leaks.slice(0, 20).join('\n  ');
    throw new Error(`${leaks.length} of ${lines} log lines hold one of ${secrets} secrets:\n  ${some}`);
  }
  if (lines > 0) process.stdout.write(`No secret in the log: ${lines} lines, ${secrets} secrets.\n`);
}
