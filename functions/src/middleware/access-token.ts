import { hash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { LRUCache } from 'lru-cache';
import { readConfig } from '../config.ts';
import { operatorTenant } from '../contract/ids.ts';
import { type AccessClaims, type VerifiedToken, verifyAccessToken } from '../platform/access-tokens.ts';
import { noteUse } from '../stores/credential-uses.ts';
import { findVerifyingKey } from '../stores/signing-keys.ts';

const rememberMs = 10_000;
const remembered = new LRUCache<string, VerifiedToken>({ max: 5_000, ttl: rememberMs });

/**
 * The claims of a good access token; `refused` when it is not one, `foreign` when it does not even say that it is ours. A
 * signature once found good is not computed again for ten seconds; whether its key still counts and whether the token has
 * expired is asked each time.
 */
export async function accessClaimsOf(token: string): Promise<AccessClaims | 'refused' | 'foreign'> {
  const digest = hash('sha256', token, 'base64');
  const known = remembered.get(digest);
  const verified = known && (await isStillGood(known)) ? known : await verify(token);
  if (typeof verified === 'string') return verified;
  if (verified !== known) remembered.set(digest, verified);
  noteUse(operatorTenant, verified.kid);
  return verified.claims;
}

const isStillGood = async ({ claims, kid }: VerifiedToken): Promise<boolean> =>
  claims.exp > Date.now() / 1_000 && (await findVerifyingKey(kid)) !== undefined;

async function verify(token: string): Promise<VerifiedToken | 'refused' | 'foreign'> {
  const { oauth } = readConfig();
  if (!oauth || issuerIn(token) !== oauth.issuer) return 'foreign';
  const verified = await verifyAccessToken(token, oauth, async (kid) => (await findVerifyingKey(kid))?.publicJwk);
  return verified ?? 'refused';
}

// Nothing is believed by it: it decides who is asked to verify the token.
function issuerIn(token: string): unknown {
  try {
    return decodeJwt(token).iss;
  } catch {
    return undefined;
  }
}
