import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { calculateJwkThumbprint } from 'jose';
import { PrivateJwk, type PublicJwk } from '../../functions/src/contract/signing-key.ts';

/** A new P-256 key to sign access tokens with, named by its thumbprint. */
export async function makeSigningKey(): Promise<PrivateJwk> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { kty, crv, x, y, d } = privateKey.export({ format: 'jwk' });
  const kid = await calculateJwkThumbprint({ kty, crv, x, y } as PublicJwk);
  return PrivateJwk.parse({ kty, crv, x, y, d, kid, alg: 'ES256', use: 'sig' });
}

export function publicHalfOf({ d: _, ...publicJwk }: PrivateJwk): PublicJwk {
  return publicJwk;
}

/** The key kept in `file`, made when there is none; a new one that is kept nowhere without a file. */
export async function keptSigningKey(file?: string): Promise<PrivateJwk> {
  if (file !== undefined && existsSync(file)) return PrivateJwk.parse(JSON.parse(readFileSync(file, 'utf8')));
  const key = await makeSigningKey();
  if (file !== undefined) writeFileSync(file, JSON.stringify(key), { mode: 0o600 });
  return key;
}
