import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { PrivateJwk } from '../../functions/src/contract/signing-key.ts';
import { makeSigningKey } from '../../functions/src/platform/new-signing-key.ts';

/** The key kept in `file`, made when there is none; a new one that is kept nowhere without a file. */
export async function keptSigningKey(file?: string): Promise<PrivateJwk> {
  if (file !== undefined && existsSync(file)) return PrivateJwk.parse(JSON.parse(readFileSync(file, 'utf8')));
  const key = await makeSigningKey();
  if (file !== undefined) writeFileSync(file, JSON.stringify(key), { mode: 0o600 });
  return key;
}
