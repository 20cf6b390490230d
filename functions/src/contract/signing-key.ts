import { z } from 'zod';

const coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes as base64url');

/** Names a signing key in a token's header, in the JWKS and in Firestore. */
export const KeyId = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/, 'must be 8 to 64 letters, digits, "_" or "-"');

/** The half of a P-256 key that everybody may know; strict, so that a private member cannot come with it. */
export const PublicJwk = z.strictObject({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: coordinate,
  y: coordinate,
  kid: KeyId,
  alg: z.literal('ES256'),
  use: z.literal('sig'),
});
export type PublicJwk = z.infer<typeof PublicJwk>;

/** The whole key, as the secret holds it. */
export const PrivateJwk = PublicJwk.extend({ d: coordinate });
export type PrivateJwk = z.infer<typeof PrivateJwk>;

/**
 * A key is published before it signs, so that whoever keeps the JWKS for a while knows it in time, and after it has
 * signed for the last time, until the last token of it has expired. What is disabled verifies nothing.
 */
export const keyStates = ['announced', 'signing', 'retiring', 'disabled'] as const;
export type KeyState = (typeof keyStates)[number];

/** How long a reader may keep the JWKS. */
export const jwksSeconds = 300;

/** No token lives longer, whatever is configured or claimed. */
export const longestTokenSeconds = 3_600;
