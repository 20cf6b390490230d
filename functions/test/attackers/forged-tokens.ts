import { generateKeyPairSync } from 'node:crypto';
import { base64url, decodeJwt, decodeProtectedHeader, importJWK, type JWTPayload, SignJWT } from 'jose';
import { readSigningSecret } from '../../src/platform/signing-secret.ts';

const encode = (value: unknown) => base64url.encode(JSON.stringify(value));

/** Every token that must not be believed, by how it was made; `good` is a good one of the same client. */
export async function forgedTokens(good: string): Promise<Record<string, string>> {
  const jwk = await readSigningSecret();
  const claims = decodeJwt(good);
  const { exp: _end, ...endless } = claims;
  const head = decodeProtectedHeader(good) as { alg: string; kid: string; typ: string };
  const own = await importJWK(jwk, 'ES256');
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { d: _, ...publicJwk } = jwk;
  const now = Math.floor(Date.now() / 1_000);
  const sign = (changed: JWTPayload, header: object = {}, key = own) =>
    new SignJWT({ ...claims, ...changed }).setProtectedHeader({ ...head, ...header }).sign(key);
  const hmac = (secret: Uint8Array) => new SignJWT(claims).setProtectedHeader({ ...head, alg: 'HS256' }).sign(secret);
  const [first = '', body = '', signature = ''] = good.split('.');
  const tampered = (more: object) => [first, encode({ ...claims, ...more }), signature].join('.');
  const pem = stranger.publicKey.export({ format: 'pem', type: 'spki' });
  return {
    garbage: 'garbage',
    'three empty parts': '..',
    'a token cut off': good.slice(0, -9),
    'a token that has expired': await sign({ iat: now - 3_700, exp: now - 100 }),
    'a token of tomorrow': await sign({ nbf: now + 86_400, iat: now + 86_400, exp: now + 90_000 }),
    'a token that lives a day': await sign({ iat: now, exp: now + 86_400 }),
    'a token without an end': await new SignJWT(endless).setProtectedHeader(head).sign(own),
    'another issuer': await sign({ iss: 'https://issuer.example' }),
    'another audience': await sign({ aud: 'https://another.example' }),
    'no audience': await sign({ aud: [] }),
    'alg none': [encode({ ...head, alg: 'none' }), body, ''].join('.'),
    'alg none, with the signature kept': [encode({ ...head, alg: 'None' }), body, signature].join('.'),
    'HS256 keyed with our public key as JSON': await hmac(new TextEncoder().encode(JSON.stringify(publicJwk))),
    'HS256 keyed with a public key as PEM': await hmac(new TextEncoder().encode(String(pem))),
    'HS256 keyed with the public point': await hmac(base64url.decode(jwk.x)),
    'a stranger’s signature under our kid': await sign({}, {}, stranger.privateKey as never),
    'a key sent along in the header': await sign(
      {},
      { jwk: stranger.publicKey.export({ format: 'jwk' }), kid: 'mine' },
      stranger.privateKey as never,
    ),
    'a key to be fetched from elsewhere': await sign({}, { jku: 'https://evil.example/jwks.json', kid: 'mine' }),
    'a kid that climbs': await sign({}, { kid: '../../signingKeys/other' }),
    'no kid': await sign({}, { kid: undefined }),
    'an ID token’s type': await sign({}, { typ: 'JWT' }),
    'a header that is critical and unknown': await new SignJWT(claims)
      .setProtectedHeader({ ...head, crit: ['exp'], exp: 1 })
      .sign(own, { crit: { exp: true } }),
    'another tenant written in': tampered({ tenantId: 'acme' }),
    'more scopes written in': tampered({ scope: 'members:write tenants:write' }),
    'a list of tenants': await sign({ tenantId: [claims['tenantId'], 'acme'] as never }),
    'the tenant of another client': await sign({ tenantId: 'acme' }),
  };
}
