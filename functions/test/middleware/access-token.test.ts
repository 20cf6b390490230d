import { createHmac, createPublicKey } from 'node:crypto';
import { decodeJwt, SignJWT } from 'jose';
import { type ClientId, type CredentialId, makeClientId, sealCredential } from '../../src/contract/credential.ts';
import type { ErrorCode } from '../../src/contract/errors.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import type { PrivateJwk } from '../../src/contract/signing-key.ts';
import { openFirestore } from '../../src/platform/firestore.ts';
import { makeSigningKey, publicHalfOf } from '../../src/platform/new-signing-key.ts';
import { readSigningSecret } from '../../src/platform/signing-secret.ts';
import { apiKeysOf } from '../../src/stores/api-keys.ts';
import { oauthClientsOf } from '../../src/stores/oauth-clients.ts';
import { announceKey, disableKey } from '../../src/stores/signing-key-states.ts';
import { forgetSigningKeys } from '../../src/stores/signing-keys.ts';
import { putTenant } from '../../src/stores/tenants.ts';
import { byTests } from '../attribution.ts';
import { type Answer, type Integrator, openWorld, type World } from '../harness.ts';

let world: World;
let tenant: TenantId;
let robot: Integrator;
let other: Integrator;
let key: PrivateJwk;
let token: string;

beforeAll(async () => {
  world = await openWorld();
  tenant = await world.tenant('bearer');
  robot = await world.integrator(tenant);
  other = await world.integrator(await world.tenant('other'));
  key = await readSigningSecret();
  token = await robot.token();
});
afterAll(() => world.close());

const list = (bearer: string | undefined, headers: Record<string, string> = { 'x-api-key': robot.apiKey }) =>
  world.withToken(bearer).rest('GET', '/v1/candidates', undefined, headers);

function expectRefusal({ status, body }: Answer, code: ErrorCode): void {
  expect([status, body.code]).toEqual([401, code]);
}

/** A token like a good one but for what is said here. */
function signed(
  claims: Record<string, unknown> = {},
  header: Record<string, unknown> = {},
  by: PrivateJwk = key,
): Promise<string> {
  const all = { ...decodeJwt(token), ...claims };
  const kept = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return new SignJWT(kept).setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: by.kid, ...header }).sign(by);
}

const seconds = (fromNow: number) => Math.floor(Date.now() / 1_000) + fromNow;
const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** The same claims under another header, with a signature made by `sign`. */
function forged(header: object, sign: (text: string) => string): string {
  const text = `${encoded(header)}.${token.split('.')[1]}`;
  return `${text}.${sign(text)}`;
}

describe('a program', () => {
  it('is let in by its token beside the key of its tenant, within what both allow', async () => {
    expect((await list(token)).status).toBe(200);
    const narrow = await robot.token('search:read');
    expect((await list(narrow)).body.code).toBe('auth.scope_missing');
    const reader = await world.integrator(tenant, ['search:read']);
    expect((await list(token, { 'x-api-key': reader.apiKey })).body.code).toBe('auth.scope_missing');
  });

  it('needs the key, one that is whole, of its own tenant', async () => {
    expectRefusal(await list(token, {}), 'auth.key_required');
    expectRefusal(await list(token, { 'x-api-key': '' }), 'auth.key_invalid');
    expectRefusal(await list(token, { 'x-api-key': robot.apiKey.slice(0, -1) }), 'auth.key_invalid');
    expectRefusal(await list(token, { 'x-api-key': robot.clientSecret }), 'auth.key_invalid');
    expectRefusal(await list(token, { 'x-api-key': other.apiKey }), 'auth.key_invalid');
    expectRefusal(await list(await other.token()), 'auth.key_invalid');
  });

  it('is refused as soon as its client, its key or its tenant is, though its token lives on', async () => {
    const own = await world.tenant('revoked');
    const [first, second] = [await world.integrator(own), await world.integrator(own)];
    const [one, two] = [await first.token(), await second.token()];
    const ask = (bearer: string, apiKey: string) => list(bearer, { 'x-api-key': apiKey });
    expect((await ask(one, first.apiKey)).status).toBe(200);
    await oauthClientsOf(own, byTests).revoke(first.clientId as ClientId, new Date());
    expectRefusal(await ask(one, first.apiKey), 'auth.required');
    await apiKeysOf(own, byTests).revoke(sealCredential(first.apiKey).id as CredentialId, new Date());
    expectRefusal(await ask(two, first.apiKey), 'auth.key_invalid');
    expect((await ask(two, second.apiKey)).status).toBe(200);
    await putTenant(own, { name: 'revoked', status: 'suspended' });
    const { status, body } = await ask(two, second.apiKey);
    expect([status, body.code]).toEqual([403, 'tenant.inactive']);
  });

  it('cannot speak the callable protocol, which is for people', async () => {
    const { status, body } = await world.withToken(token, { 'x-api-key': robot.apiKey }).call('candidates.list', {});
    expect([status, body.error.status]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('is refused when X-Tenant-ID names another tenant', async () => {
    const { status, body } = await list(token, { 'x-api-key': robot.apiKey, 'x-tenant-id': 'another' });
    expect([status, body.code]).toEqual([403, 'tenant.mismatch']);
  });
});

describe('a person', () => {
  it('needs no key; one that comes along has to be their tenant’s', async () => {
    const { token: idToken } = await world.person(tenant);
    expect((await list(idToken, {})).status).toBe(200);
    expect((await list(idToken)).status).toBe(200);
    expectRefusal(await list(idToken, { 'x-api-key': other.apiKey }), 'auth.key_invalid');
    expectRefusal(await list(idToken, { 'x-api-key': 'garbage' }), 'auth.key_invalid');
  });
});

describe('a token that is not good is refused with auth.required', () => {
  const publicPem = () =>
    createPublicKey({ key: { ...publicHalfOf(key) }, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
  const hmac = (secret: string | Buffer) => (text: string) =>
    createHmac('sha256', secret).update(text).digest('base64url');
  const hs256 = () => ({ alg: 'HS256', typ: 'at+jwt', kid: key.kid });

  const attacks: readonly (readonly [string, () => string | Promise<string>])[] = [
    ['without a signature', () => `${token.split('.').slice(0, 2).join('.')}.`],
    ['alg none', () => forged({ alg: 'none', typ: 'at+jwt', kid: key.kid }, () => '')],
    ['alg None', () => forged({ alg: 'None', typ: 'at+jwt', kid: key.kid }, () => '')],
    ['HS256 signed with the public key as PEM', () => forged(hs256(), hmac(publicPem()))],
    ['HS256 signed with the public key as JWK', () => forged(hs256(), hmac(JSON.stringify(publicHalfOf(key))))],
    ['HS256 signed with the x of the public key', () => forged(hs256(), hmac(Buffer.from(key.x, 'base64url')))],
    ['an empty signature of zeros', () => forged({ alg: 'ES256', typ: 'at+jwt', kid: key.kid }, () => 'A'.repeat(86))],
    ['by a key of one’s own under our kid', async () => signed({}, { kid: key.kid }, await makeSigningKey())],
    [
      'by a key of one’s own that the header brings along',
      async () => {
        const own = await makeSigningKey();
        return signed({}, { kid: key.kid, jwk: publicHalfOf(own) }, own);
      },
    ],
    ['by a key that the header says where to find', () => signed({}, { kid: 'elsewhere', jku: 'https://a.example/k' })],
    ['by a key that nobody knows', async () => signed({}, {}, await makeSigningKey())],
    ['another kid', () => signed({}, { kid: 'another-kid' })],
    ['a kid that is a path', () => signed({}, { kid: '../tenants/x' })],
    ['a kid that is no text', () => forged({ alg: 'ES256', typ: 'at+jwt', kid: 12_345_678 }, () => 'A'.repeat(86))],
    ['no kid', () => signed({}, { kid: undefined })],
    ['typ JWT', () => signed({}, { typ: 'JWT' })],
    ['no typ', () => signed({}, { typ: undefined })],
    [
      'a critical header that nobody knows',
      () => forged({ alg: 'ES256', typ: 'at+jwt', kid: key.kid, crit: ['x'], x: 1 }, () => 'A'.repeat(86)),
    ],
    ['expired', () => signed({ iat: seconds(-3_600), exp: seconds(-31) })],
    ['no exp', () => signed({ exp: undefined })],
    ['no iat', () => signed({ iat: undefined })],
    ['nbf in the future', () => signed({ nbf: seconds(60) })],
    ['iat in the future', () => signed({ iat: seconds(60), exp: seconds(120) })],
    ['a lifetime over an hour', () => signed({ iat: seconds(0), exp: seconds(3_601) })],
    ['a lifetime over an hour, begun long ago', () => signed({ iat: seconds(-3_700), exp: seconds(60) })],
    ['an exp before its iat', () => signed({ iat: seconds(20), exp: seconds(10) })],
    ['another issuer', () => signed({ iss: 'https://issuer.example' })],
    ['the issuer in a list', () => signed({ iss: [world.host.url] })],
    ['another audience', () => signed({ aud: 'https://api.example' })],
    ['no audience', () => signed({ aud: undefined })],
    ['tenantId as a list', () => signed({ tenantId: [tenant] })],
    ['no tenantId', () => signed({ tenantId: undefined })],
    ['another tenant than its client’s', () => signed({ tenantId: 'another-tenant' })],
    ['another sub than client_id', () => signed({ sub: makeClientId(tenant) })],
    [
      'a client that is not',
      () => {
        const clientId = makeClientId(tenant);
        return signed({ sub: clientId, client_id: clientId });
      },
    ],
    ['a client_id that is a path', () => signed({ sub: `${tenant}.a/b`, client_id: `${tenant}.a/b` })],
    ['scope as a list', () => signed({ scope: ['candidates:read'] })],
    [
      'a payload changed after it was signed',
      () => {
        const [head, , signature] = token.split('.');
        return [head, encoded({ ...decodeJwt(token), scope: 'candidates:write' }), signature].join('.');
      },
    ],
    ['9 KB of it', () => signed({ padding: 'x'.repeat(6_800) })],
  ];

  it('as it is, it is a good one', async () => {
    expect((await list(await signed())).status).toBe(200);
  });

  it.each(attacks)('%s', async (_, make) => {
    expectRefusal(await list(await make()), 'auth.required');
  });

  it('the 9 KB are too many indeed, for they are signed well', async () => {
    const short = await signed({ padding: 'x'.repeat(1_000) });
    expect((await list(short)).status).toBe(200);
    expect((await signed({ padding: 'x'.repeat(6_800) })).length).toBeGreaterThan(9_000);
  });
});

describe('a token comes in X-Forwarded-Authorization behind the gateway, else in Authorization', () => {
  const withKey = (headers: Record<string, string>) => list(undefined, { 'x-api-key': robot.apiKey, ...headers });
  const info = Buffer.from(JSON.stringify({ sub: 'x', tenantId: 'x' })).toString('base64url');

  it('the forwarded one counts, whatever the gateway says for itself', async () => {
    const headers = { authorization: 'Bearer a.b.c', 'x-forwarded-authorization': `Bearer ${token}` };
    expect((await withKey(headers)).status).toBe(200);
  });

  it.each(['garbage', '', 'Bearer a.b.c', 'Basic YTpi'])(
    'a forwarded %j is not made good by the one beside it',
    async (forwarded) => {
      const headers = { authorization: `Bearer ${token}`, 'x-forwarded-authorization': forwarded };
      expectRefusal(await withKey(headers), 'auth.required');
    },
  );

  it.each(['x-apigateway-api-userinfo', 'x-endpoint-api-userinfo', 'x-forwarded-userinfo'])(
    'what %s says of the user is not read',
    async (name) => {
      expectRefusal(await withKey({ [name]: info }), 'auth.required');
      expectRefusal(await withKey({ [name]: token }), 'auth.required');
    },
  );

  it.each(['Basic', 'Token', ''])('nor one of the scheme %j', async (scheme) => {
    expectRefusal(await withKey({ authorization: `${scheme} ${token}`.trim() }), 'auth.required');
  });
});

describe('the keys of tokens', () => {
  /** How often the collection of keys is read while `work` runs. */
  async function readsOf(work: () => Promise<unknown>): Promise<number> {
    const firestore = await openFirestore();
    const collection = jest.spyOn(firestore, 'collection');
    await work();
    const reads = collection.mock.calls.filter(([path]) => path === 'signingKeys').length;
    collection.mockRestore();
    return reads;
  }

  it('are read once more for a flood of tokens that name unknown ones, and not once for each', async () => {
    forgetSigningKeys();
    const unknown = await Promise.all(Array.from({ length: 50 }, async () => signed({}, {}, await makeSigningKey())));
    await list(token);
    const reads = await readsOf(async () => {
      const answers = await Promise.all(unknown.map((one) => list(one)));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
    });
    expect(reads).toBe(1);
  });

  it('are read again for a token of one that was announced a moment ago elsewhere', async () => {
    const next = await makeSigningKey();
    forgetSigningKeys();
    await list(token);
    const firestore = await openFirestore();
    const now = new Date().toISOString();
    const document = {
      publicJwk: publicHalfOf(next),
      state: 'announced',
      createdAt: now,
      notBefore: now,
      retireAt: null,
    };
    await firestore.doc(`signingKeys/${next.kid}`).set(document);
    expect((await list(await signed({}, {}, next))).status).toBe(200);
    await disableKey(next.kid);
  });

  it('a token that was good a moment ago is refused once its key is disabled', async () => {
    const next = await makeSigningKey();
    await announceKey(publicHalfOf(next));
    const ofNext = await signed({}, {}, next);
    expect((await list(ofNext)).status).toBe(200);
    await disableKey(next.kid);
    expectRefusal(await list(ofNext), 'auth.required');
    expect((await list(token)).status).toBe(200);
  });

  it('a token that was good a moment ago is refused once it has expired', async () => {
    const own = await robot.token();
    expect((await list(own)).status).toBe(200);
    const timers = ['setTimeout', 'setInterval', 'setImmediate', 'nextTick', 'queueMicrotask', 'performance'] as const;
    jest.useFakeTimers({ now: Date.now() + 3_631_000, doNotFake: [...timers] });
    const later = await list(own);
    jest.useRealTimers();
    expectRefusal(later, 'auth.required');
  });
});
