import type { Stack } from '../../scripts/lib/stack.ts';

export default async function globalTeardown(): Promise<void> {
  await (globalThis as { stack?: Stack }).stack?.stop();
}
