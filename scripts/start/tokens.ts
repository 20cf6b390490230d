import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { AuthEmulator } from '../lib/auth-emulator.ts';
import { people } from './cast.ts';

// An ID token lives an hour.
const refreshMs = 30 * 60_000;

/** Keeps a fresh ID token of each of the cast in `dir`, readable by this user only, so that a pasted curl works. Returns what ends it. */
export function keepTokens(dir: string, tokens: ReadonlyMap<string, string>, auth: AuthEmulator): () => void {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const keep = (uid: string, token: string) => writeFileSync(path.join(dir, uid), token, { mode: 0o600 });
  for (const [uid, token] of tokens) keep(uid, token);
  const timer = setInterval(() => {
    for (const { uid, email, password } of people) {
      auth.signIn(email, password).then(
        (token) => keep(uid, token),
        (error: Error) => console.error(`could not refresh the token of ${uid}: ${error.message}`),
      );
    }
  }, refreshMs);
  return () => {
    clearInterval(timer);
    rmSync(dir, { recursive: true, force: true });
  };
}
