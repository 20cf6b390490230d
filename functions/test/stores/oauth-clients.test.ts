import { type ClientId, makeClientId, makeCredential, sealCredential } from '../../src/contract/credential.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import { flushUses } from '../../src/stores/credential-uses.ts';
import {
  checkClientSecret,
  findOAuthClient,
  type OAuthClients,
  oauthClientsOf,
} from '../../src/stores/oauth-clients.ts';
import { byTests } from '../attribution.ts';
import { dumpOf } from '../firestore-dump.ts';
import { openWorld, type World } from '../harness.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

let world: World;
let tenant: TenantId;
let clients: OAuthClients;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  tenant = await world.tenant('clients');
  clients = oauthClientsOf(tenant, byTests);
});
afterAll(() => world.close());

const later = (ms: number, from = new Date()) => new Date(from.getTime() + ms);

async function make(now = new Date(), lifetimeMs = 365 * dayMs) {
  const text = makeCredential('clientSecret');
  const settings = { name: 'ATS', scopes: ['search:read'], expiresAt: later(lifetimeMs, now) } as const;
  const client = await clients.create(sealCredential(text), settings, now);
  return { clientId: client.clientId, text, client };
}
async function rotate(clientId: ClientId, overlapSeconds: number, now = new Date()) {
  const text = makeCredential('clientSecret');
  return { text, client: await clients.rotate(clientId, sealCredential(text), overlapSeconds, now) };
}
const check = async (clientId: ClientId, text: string, now?: Date) =>
  checkClientSecret(await findOAuthClient(tenant, clientId), text, now);
const refused = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    ({ code, details }) => [code, ...(details ?? []).map((one: { message: string }) => one.message)].join(': '),
  );

describe('a client', () => {
  it('is found by its id with its scopes, and its secret names the version that it is', async () => {
    const { clientId, text, client } = await make();
    const found = await findOAuthClient(tenant, clientId);
    expect(found).toMatchObject({ tenant, clientId, scopes: ['search:read'] });
    expect(checkClientSecret(found, text)).toBe(client.secrets[0]?.secretId);
  });

  it('takes no other secret: a wrong one, one of another client, an API key, a mistyped one, none', async () => {
    const [{ clientId, text }, other] = [await make(), await make()];
    const wrong = [
      makeCredential('clientSecret'),
      other.text,
      `hhk_${text.slice(4)}`,
      makeCredential('apiKey'),
      `${text}x`,
      text.slice(0, -1),
      '',
    ];
    for (const one of wrong) expect(await check(clientId, one)).toBeUndefined();
  });

  it('that is unknown is compared like one that is known, and takes no secret', async () => {
    const { text, clientId } = await make();
    expect(await findOAuthClient(tenant, makeClientId(tenant))).toBeNull();
    expect(await findOAuthClient(await world.tenant('other'), clientId)).toBeNull();
    expect(checkClientSecret(null, text)).toBeUndefined();
  });

  it('costs two comparisons in constant time, whether it has two secrets, one, or is not there', async () => {
    const crypto = jest.requireActual<typeof import('node:crypto')>('node:crypto');
    const compared = jest.spyOn(crypto, 'timingSafeEqual');
    const { clientId, text } = await make();
    const { text: second } = await rotate(clientId, 60);
    const [one, two] = [
      await findOAuthClient(tenant, (await make()).clientId),
      await findOAuthClient(tenant, clientId),
    ];
    const counts = [
      () => checkClientSecret(null, text),
      () => checkClientSecret(one, text),
      () => checkClientSecret(two, text),
      () => checkClientSecret(two, second),
    ].map((ask) => {
      compared.mockClear();
      ask();
      return compared.mock.calls.length;
    });
    compared.mockRestore();
    expect(counts).toEqual([2, 2, 2, 2]);
  });

  it('is kept without the text of its secrets', async () => {
    const { clientId, text } = await make();
    const { text: second } = await rotate(clientId, 60);
    await clients.revoke(clientId, new Date());
    const told = (await dumpOf(tenant)) + JSON.stringify(await clients.list(9));
    expect(told).toContain('oauth_client.rotated');
    for (const one of [text, second]) expect(told).not.toContain(one.slice(4, 36));
    expect(JSON.stringify(await clients.list(9))).not.toContain(sealCredential(text).hash);
  });

  it('that is revoked is found no more from the next call on, and stays so', async () => {
    const { clientId, text } = await make();
    expect(await check(clientId, text)).toBeDefined();
    const revoked = await clients.revoke(clientId, new Date());
    expect(await findOAuthClient(tenant, clientId)).toBeNull();
    expect(await clients.revoke(clientId, later(dayMs))).toEqual(revoked);
    expect(await refused(rotate(clientId, 0))).toBe('credential.conflict: is revoked');
  });

  it('of another tenant is credential.not_found, like one that nobody has', async () => {
    const { clientId } = await make();
    const others = oauthClientsOf(await world.tenant('other'), byTests);
    for (const [of, one] of [
      [others, clientId],
      [clients, makeClientId(tenant)],
    ] as const) {
      expect(await refused(of.revoke(one, new Date()))).toBe('credential.not_found');
      expect(await refused(of.rotate(one, sealCredential('x'), 0, new Date()))).toBe('credential.not_found');
      expect(await refused(of.byId(one))).toBe('credential.not_found');
    }
  });
});

describe('a secret', () => {
  it('ends with its expiry, to the millisecond', async () => {
    const { clientId, text, client } = await make();
    const end = new Date(client.secrets[0]?.expiresAt ?? '');
    expect(await check(clientId, text, later(-1, end))).toBeDefined();
    expect(await check(clientId, text, end)).toBeUndefined();
  });

  it('and its successor both work until the overlap ends', async () => {
    const now = new Date();
    const { clientId, text: old } = await make(now, 90 * dayMs);
    const { text, client } = await rotate(clientId, 3_600, now);
    expect(client.secrets.map(({ acceptedUntil }) => acceptedUntil)).toEqual(
      [later(hourMs, now), later(90 * dayMs, now)].map((at) => at.toISOString()),
    );
    const works = async (when: Date) => [
      (await check(clientId, old, when)) !== undefined,
      (await check(clientId, text, when)) !== undefined,
    ];
    expect(await works(now)).toEqual([true, true]);
    expect(await works(later(hourMs - 1, now))).toEqual([true, true]);
    expect(await works(later(hourMs, now))).toEqual([false, true]);
  });

  it('has one successor at a time: credential.conflict until the overlap ends', async () => {
    const now = new Date();
    const { clientId } = await make(now);
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => refused(rotate(clientId, 3_600, now))));
    expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
    expect(outcomes.filter((one) => one.startsWith('credential.conflict: has two secrets'))).toHaveLength(3);
    const { client } = await rotate(clientId, 0, later(hourMs, now));
    expect(client.secrets).toHaveLength(1);
  });

  it('that has expired can still be replaced, since the client has not', async () => {
    const { clientId, text: old } = await make(new Date(), hourMs);
    const at = later(hourMs);
    const { text, client } = await rotate(clientId, 3_600, at);
    expect(client.secrets).toHaveLength(1);
    expect([await check(clientId, old, at), await check(clientId, text, at)]).toEqual([
      undefined,
      client.secrets[0]?.secretId,
    ]);
  });

  it('is listed with its last use', async () => {
    const { clientId, text } = await make();
    await rotate(clientId, 60);
    await check(clientId, text);
    await flushUses();
    const [listed] = await clients.list(1);
    expect(listed?.secrets.map(({ uses }) => uses)).toEqual([1, 0]);
    expect(listed?.secrets[1]?.lastUsedAt).toBeNull();
  });
});

describe('the number of clients', () => {
  it('ends at 20 that are not revoked, however many are made at once', async () => {
    const { clientId } = await make();
    for (let i = 0; i < 18; i++) await make();
    const last = await Promise.all(Array.from({ length: 3 }, () => refused(make())));
    expect(last.sort()).toEqual([...Array(2).fill('credential.limit: at most 20 at a time'), 'done']);
    await clients.revoke(clientId, new Date());
    expect([await refused(make()), await refused(make())]).toEqual(['done', 'credential.limit: at most 20 at a time']);
  }, 60_000);
});
