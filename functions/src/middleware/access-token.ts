import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { LRUCache } from 'lru-cache';
import { type OAuthConfig, readConfig } from '../config.ts';
import { operatorTenant } from '../contract/ids.ts';
import { type AccessClaims, type VerifiedToken, verifyAccessToken } from '../platform/access-tokens.ts';
import { noteUse } from '../stores/credential-uses.ts';
import { findVerifyingKey } from '../stores/signing-keys.ts';

const rememberMs = 10_000;
const remembered = new LRUCache<string, VerifiedToken>({ max: 5_000, ttl: rememberMs });

/** Whether a token says that it is ours. Nothing is believed by it: it decides who is asked to verify the token. */
export function claimsToBeAccessToken(token: string): boolean {
  const { oauth } = readConfig();
  if (!oauth) return false;
  try {
    return decodeJwt(token).iss === oauth.issuer;
  } catch {
    return false;
  }
}

/**
 * The claims of a good access token; undefined when it is not one. A signature once found good is not computed again for
 * ten seconds; whether its key still counts and whether the token has expired is asked each time.
 */
export async function verifiedClaims(token: string): Promise<AccessClaims | undefined> {
  const { oauth } = readConfig();
  const verified = oauth && ((await recall(token)) ?? (await verify(token, oauth)));
  if (!verified) return undefined;
  noteUse(operatorTenant, verified.kid);
  return verified.claims;
}

const digestOf = (token: string) => createHash('sha256').update(token).digest('base64');

async function recall(token: string): Promise<VerifiedToken | undefined> {
  const known = remembered.get(digestOf(token));
  if (!known || known.claims.exp <= Date.now() / 1_000) return undefined;
  return (await findVerifyingKey(known.kid)) ? known : undefined;
}

async function verify(token: string, oauth: OAuthConfig): Promise<VerifiedToken | undefined> {
  const verified = await verifyAccessToken(token, oauth, async (kid) => (await findVerifyingKey(kid))?.publicJwk);
  if (verified) remembered.set(digestOf(token), verified);
  return verified;
}
