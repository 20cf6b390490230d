import { readFileSync, rmSync, writeFileSync } from 'node:fs';
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
 * @throws Error when its Firestore lives inside of that process, where nobody else reaches it
 */
export function runningStack(): Record<string, string> | undefined {
  if (livingOwner(path.join(stateDir, 'start.pid')) === undefined) return undefined;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const { firestore, env } = JSON.parse(text) as { firestore: string; env: Record<string, string> };
  if (firestore === 'in-process')
    throw new Error('the Firestore of `npm start` is inside of its process; with Java and Google’s emulator it is not');
  return env;
}
