import { generateKeyPairSync } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { PrivateJwk, type PublicJwk } from '../contract/signing-key.ts';

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
