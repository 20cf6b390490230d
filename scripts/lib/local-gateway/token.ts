import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { TokenRule } from './document.ts';
import type { Refusal } from './refusal.ts';

const unauthenticated = (message: string): Refusal => ({ code: 401, message });

/**
 * Verifies bearer tokens by a rule of the document. Keys come from `keysUrl`, are kept for five minutes as Google keeps
 * them, and are asked for anew, at most every 30 s, when a token names one that is not there.
 */
export function openVerifier({ issuer, audiences }: TokenRule, keysUrl: string) {
  const keys = createRemoteJWKSet(new URL(keysUrl), {
    cacheMaxAge: 300_000,
    cooldownDuration: 30_000,
    timeoutDuration: 5_000,
  });
  const options = {
    issuer,
    audience: audiences,
    // Asymmetric ones only, so that a public key never passes for a shared secret.
    algorithms: ['ES256', 'RS256'],
    requiredClaims: ['sub', 'iat', 'exp'],
    clockTolerance: 60,
  };
  return async (authorization: string | undefined): Promise<Refusal | undefined> => {
    const token = /^Bearer (.+)$/.exec(authorization ?? '')?.[1];
    if (token === undefined) return unauthenticated('Jwt is missing');
    try {
      await jwtVerify(token, keys, options);
      return undefined;
    } catch (error) {
      return refusalOf(error);
    }
  };
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof errors.JWTExpired) return unauthenticated('Jwt is expired');
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'iss') return unauthenticated('Jwt issuer is not configured');
    if (error.claim === 'aud') return { code: 403, message: 'Audiences in Jwt are not allowed' };
    return unauthenticated(`Jwt claim is not as it has to be: ${error.claim}`);
  }
  if (error instanceof errors.JWKSNoMatchingKey)
    return unauthenticated("Jwks doesn't have key to match kid or alg from Jwt");
  if (error instanceof errors.JWSSignatureVerificationFailed) return unauthenticated('Jwt verification fails');
  if (error instanceof errors.JOSEAlgNotAllowed) return unauthenticated('Jwt header [alg] is not allowed');
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid)
    return unauthenticated('Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections');
  return unauthenticated('Jwks remote fetch is failed');
}
