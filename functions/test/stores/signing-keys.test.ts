import { decodeProtectedHeader, SignJWT } from 'jose';
import { operatorTenant } from '../../src/contract/ids.ts';
import type { PrivateJwk } from '../../src/contract/signing-key.ts';
import { openFirestore, provideFirestore } from '../../src/platform/firestore.ts';
import { makeSigningKey, publicHalfOf } from '../../src/platform/new-signing-key.ts';
import { flushUses, usesOf } from '../../src/stores/credential-uses.ts';
import { announceKey, disableKey, retireKey, startSigningWith } from '../../src/stores/signing-key-states.ts';
import { findVerifyingKey, forgetSigningKeys } from '../../src/stores/signing-keys.ts';
import { type Integrator, openWorld, type World } from '../harness.ts';

let world: World;
let robot: Integrator;
let before: PrivateJwk;

/** All test files sign with one key; here keys come and go, so this file has a Firestore of its own. */
async function ownFirestore(): Promise<void> {
  if (!process.env['FIRESTORE_EMULATOR_HOST']) return;
  const { initializeApp } = await import('firebase-admin/app');
  const { getFirestore } = await import('firebase-admin/firestore');
  provideFirestore(getFirestore(initializeApp({ projectId: `demo-keys-${process.pid}` }, 'keys')));
  forgetSigningKeys();
}

beforeAll(async () => {
  world = await openWorld();
  await ownFirestore();
  robot = await world.integrator(await world.tenant('keys'));
});
afterAll(() => world.close());

/** Every test begins with one key that signs. */
beforeEach(async () => {
  const firestore = await openFirestore();
  const { docs } = await firestore.collection('signingKeys').get();
  await Promise.all(docs.map(({ ref }) => ref.delete()));
  before = await holdSecret(await makeSigningKey());
  await announceKey(publicHalfOf(before));
  await startSigningWith(before.kid);
});

async function holdSecret(key: PrivateJwk): Promise<PrivateJwk> {
  const { closeSecrets } = await import('../../src/platform/secrets.ts');
  process.env['OAUTH_SIGNING_KEY'] = JSON.stringify(key);
  closeSecrets();
  return key;
}

async function announced(): Promise<PrivateJwk> {
  const key = await makeSigningKey();
  await announceKey(publicHalfOf(key));
  return key;
}

const published = async () => {
  const { body, headers, status } = await world.anonymous.rest('GET', '/.well-known/jwks.json');
  expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=300']);
  return body.keys as Record<string, string>[];
};
const idsPublished = async () => (await published()).map(({ kid }) => kid);
const stateOf = async (kid: string) => (await (await openFirestore()).doc(`signingKeys/${kid}`).get()).get('state');
const signerOf = (token: string) => decodeProtectedHeader(token).kid;

const calls = async (token: string) =>
  (await world.withToken(token, { 'x-api-key': robot.apiKey }).rest('GET', '/v1/candidates')).status;

async function signedBy(key: PrivateJwk): Promise<string> {
  const iat = Math.floor(Date.now() / 1_000);
  const claims = { client_id: robot.clientId, tenantId: robot.clientId.split('.')[0], scope: 'candidates:read' };
  return new SignJWT({ ...claims, iss: world.host.url, aud: world.host.url, sub: robot.clientId, jti: 'a-token' })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: key.kid })
    .setIssuedAt(iat)
    .setExpirationTime(iat + 60)
    .sign(key);
}

describe('the JWKS', () => {
  it('shows the key to come, the one that signs and those that retire, and never one that is disabled', async () => {
    const [next, old, gone] = [await announced(), await announced(), await announced()];
    await retireKey(old.kid);
    await disableKey(gone.kid);
    expect(await idsPublished()).toEqual([before.kid, next.kid, old.kid].sort());
  });

  it('holds public members only, also when a private one got into the store', async () => {
    const next = await announced();
    for (const key of await published())
      expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    await (await openFirestore()).doc(`signingKeys/${next.kid}`).update({ 'publicJwk.d': next.d });
    forgetSigningKeys();
    expect(JSON.stringify(await published())).not.toContain(next.d);
    expect(await idsPublished()).toEqual([before.kid]);
  });
});

describe('a key is replaced while programs go on calling', () => {
  it('tokens of both are good while they overlap, and new ones are by the new one', async () => {
    const first = await robot.token();
    const next = await announced();
    expect(signerOf(await robot.token())).toBe(before.kid);
    await holdSecret(next);
    await startSigningWith(next.kid);
    const second = await robot.token();
    expect([signerOf(first), signerOf(second)]).toEqual([before.kid, next.kid]);
    expect([await calls(first), await calls(second)]).toEqual([200, 200]);
    expect([await stateOf(before.kid), await stateOf(next.kid)]).toEqual(['retiring', 'signing']);
  });

  it('an issuer that has not heard of the new secret goes on with the old one', async () => {
    const next = await announced();
    await startSigningWith(next.kid);
    const token = await robot.token();
    expect([signerOf(token), await calls(token)]).toEqual([before.kid, 200]);
  });

  it('an issuer that has the new secret already uses it, since it is published', async () => {
    const next = await holdSecret(await announced());
    const token = await robot.token();
    expect([signerOf(token), await calls(token)]).toEqual([next.kid, 200]);
  });

  it('a token by a disabled key is refused, and the other’s is not', async () => {
    const next = await announced();
    const [first, second] = [await signedBy(before), await signedBy(next)];
    await startSigningWith(next.kid);
    expect([await calls(first), await calls(second)]).toEqual([200, 200]);
    await disableKey(before.kid);
    expect([await calls(first), await calls(second)]).toEqual([401, 200]);
  });

  it('no token is issued by a key that is not published', async () => {
    await disableKey(before.kid);
    const body = { grant_type: 'client_credentials', client_id: robot.clientId, client_secret: robot.clientSecret };
    const answer = await world.anonymous.rest('POST', '/oauth/token', body);
    expect([answer.status, answer.body.error]).toEqual([503, 'temporarily_unavailable']);
  });
});

describe('a rotation asks who still uses a key', () => {
  it('each call counts as a use of the key that signed its token', async () => {
    const next = await announced();
    const token = await signedBy(before);
    for (let i = 0; i < 3; i++) await calls(token);
    await flushUses();
    const useOf = await usesOf(operatorTenant, [before.kid, next.kid]);
    expect([useOf(before.kid).uses, useOf(next.kid)]).toEqual([3, { uses: 0, lastUsedAt: null }]);
  });
});

describe('the states of a key', () => {
  it('each change done twice is done once', async () => {
    const next = await announced();
    await announceKey(publicHalfOf(next));
    expect(await stateOf(next.kid)).toBe('announced');
    for (let i = 0; i < 2; i++) await startSigningWith(next.kid);
    expect([await stateOf(before.kid), await stateOf(next.kid)]).toEqual(['retiring', 'signing']);
    const retiredAt = (await (await openFirestore()).doc(`signingKeys/${before.kid}`).get()).get('retireAt');
    for (let i = 0; i < 2; i++) await retireKey(before.kid);
    expect((await (await openFirestore()).doc(`signingKeys/${before.kid}`).get()).get('retireAt')).toBe(retiredAt);
    for (let i = 0; i < 2; i++) await disableKey(before.kid);
    expect(await stateOf(before.kid)).toBe('disabled');
  });

  it('announcing a key that signs already does not take it back', async () => {
    await announceKey(publicHalfOf(before));
    expect(await stateOf(before.kid)).toBe('signing');
  });

  it('an announcement says from when the key may sign, a retirement until when its tokens live', async () => {
    const next = await makeSigningKey();
    await announceKey(publicHalfOf(next), new Date('2026-01-01T00:00:00Z'));
    await startSigningWith(next.kid, new Date('2026-01-01T01:00:00Z'));
    const firestore = await openFirestore();
    expect((await firestore.doc(`signingKeys/${next.kid}`).get()).data()).toEqual({
      publicJwk: publicHalfOf(next),
      alg: 'ES256',
      state: 'signing',
      createdAt: '2026-01-01T00:00:00.000Z',
      notBefore: '2026-01-01T00:10:00.000Z',
      retireAt: null,
    });
    expect((await firestore.doc(`signingKeys/${before.kid}`).get()).get('retireAt')).toBe('2026-01-01T02:10:00.000Z');
  });

  it('what would leave nobody signing, or bring back what was ended, is an error', async () => {
    await expect(retireKey(before.kid)).rejects.toThrow('is signing, not announced or retiring');
    const gone = await announced();
    await disableKey(gone.kid);
    await expect(startSigningWith(gone.kid)).rejects.toThrow('is disabled');
    await expect(announceKey({ ...publicHalfOf(before), kid: gone.kid })).rejects.toThrow('is another one');
    await expect(startSigningWith('never-heard-of')).rejects.toThrow('is unknown');
    await expect(disableKey('never-heard-of')).rejects.toThrow('there is no signing key');
    expect(await stateOf(before.kid)).toBe('signing');
  });

  it('one that signed before may sign again', async () => {
    const next = await announced();
    await startSigningWith(next.kid);
    await startSigningWith(before.kid);
    expect([await stateOf(before.kid), await stateOf(next.kid)]).toEqual(['signing', 'retiring']);
    expect((await findVerifyingKey(before.kid))?.state).toBe('signing');
  });
});
