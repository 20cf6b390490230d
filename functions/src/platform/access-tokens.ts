import { randomUUID } from 'node:crypto';
import { type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import type { OAuthConfig } from '../config.ts';
import { ClientId, tenantOfClient } from '../contract/credential.ts';
import { TenantId } from '../contract/ids.ts';
import { KeyId, longestTokenSeconds, type PrivateJwk, type PublicJwk } from '../contract/signing-key.ts';

const algorithm = 'ES256';
const type = 'at+jwt';
const toleranceSeconds = 30;

/** What an access token of ours says; times in seconds since 1970. */
const AccessClaims = z
  .object({
    sub: z.string(),
    client_id: ClientId,
    tenantId: TenantId,
    scope: z.string().max(2_000),
    jti: z.string().min(1).max(100),
    iat: z.int(),
    exp: z.int(),
  })
  .refine(({ sub, client_id }) => sub === client_id)
  .refine(({ client_id, tenantId }) => tenantOfClient(client_id) === tenantId)
  .refine(({ iat, exp }) => exp > iat && exp - iat <= longestTokenSeconds);
export type AccessClaims = z.infer<typeof AccessClaims>;

export interface VerifiedToken {
  readonly claims: AccessClaims;
  /** The key that signed it. */
  readonly kid: string;
}

/**
 * Whether it is a good access token (RFC 9068) of this issuer for this audience; undefined when it is not, whatever is
 * wrong with it. `keyOf` tells which keys count now. @throws what `keyOf` throws
 */
export async function verifyAccessToken(
  token: string,
  { issuer, audience }: Pick<OAuthConfig, 'issuer' | 'audience'>,
  keyOf: (kid: string) => Promise<PublicJwk | undefined>,
): Promise<VerifiedToken | undefined> {
  let lookup: Promise<PublicJwk | undefined> | undefined;
  let kid = '';
  const getKey: JWTVerifyGetKey = async (header) => {
    kid = KeyId.parse(header.kid);
    lookup = keyOf(kid);
    const key = await lookup;
    if (!key) throw new Error('no such key');
    return key;
  };
  try {
    const { payload } = await jwtVerify(token, getKey, {
      algorithms: [algorithm],
      typ: type,
      issuer,
      audience,
      clockTolerance: toleranceSeconds,
      requiredClaims: ['exp', 'iat'],
      // Refuses an `iat` that is still to come, too.
      maxTokenAge: longestTokenSeconds,
    });
    return { claims: AccessClaims.parse(payload), kid };
  } catch {
    // A store that is away must not make a good token look bad.
    await lookup;
    return undefined;
  }
}

/** What a new token is to say. */
export interface Grant {
  readonly clientId: ClientId;
  readonly tenant: TenantId;
  readonly scopes: readonly string[];
}

/** Signs an access token that lives `tokenSeconds` from now. */
export function signAccessToken(
  { clientId, tenant, scopes }: Grant,
  { issuer, audience, tokenSeconds }: OAuthConfig,
  key: PrivateJwk,
): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return new SignJWT({ client_id: clientId, tenantId: tenant, scope: scopes.join(' ') })
    .setProtectedHeader({ alg: algorithm, kid: key.kid, typ: type })
    .setIssuer(issuer)
    .setAudience(audience)
    .setSubject(clientId)
    .setIssuedAt(now)
    .setExpirationTime(now + Math.min(tokenSeconds, longestTokenSeconds))
    .setJti(randomUUID())
    .sign(key);
}
