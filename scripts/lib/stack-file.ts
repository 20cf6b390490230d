import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { livingOwner } from './pid-file.ts';
import type { Stack } from './stack.ts';

const stateDir = fileURLToPath(new URL('../../.local', import.meta.url));
const file = path.join(stateDir, 'stack.json');

/** Tells other programs of this machine's owner where the running stack is; returns the function that takes it back. */
export function keepStackFile({ env, firestore }: Pick<Stack, 'env' | 'firestore'>, issuer: string): () => void {
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify({ firestore: firestore.kind, env: { ...env, OAUTH_ISSUER: issuer } }), {
    mode: 0o600,
  });
  return () => rmSync(file, { force: true });
}

/**
 * The environment of the stack that `npm start` is running; undefined when none runs.
 * @throws Error while it comes up, and when its Firestore lives inside of that process, where nobody else reaches it
 */
export function runningStack(): Record<string, string> | undefined {
  const owner = livingOwner(path.join(stateDir, 'start.pid'));
  if (owner === undefined) return undefined;
  if (!existsSync(file)) throw new Error(`npm start (process ${owner}) is still coming up: wait for it`);
  const { firestore, env } = JSON.parse(readFileSync(file, 'utf8')) as {
    firestore: string;
    env: Record<string, string>;
  };
  if (firestore === 'in-process')
    throw new Error(
      `npm start (process ${owner}) keeps Firestore to itself: stop it, or let it have Google’s emulator (needs Java)`,
    );
  return env;
}

/** Points this process at the running stack. @throws Error saying `wayOut` when none runs */
export function joinRunningStack(wayOut: string): void {
  const env = runningStack();
  if (!env) throw new Error(wayOut);
  Object.assign(process.env, env);
}
