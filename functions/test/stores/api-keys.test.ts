import { makeCredential, sealCredential } from '../../src/contract/credential.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import { openFirestore } from '../../src/platform/firestore.ts';
import { type ApiKeys, apiKeysOf, findApiKey } from '../../src/stores/api-keys.ts';
import { flushUses } from '../../src/stores/credential-uses.ts';
import { byTests } from '../attribution.ts';
import { dumpOf } from '../firestore-dump.ts';
import { openWorld, type World } from '../harness.ts';

const day = 86_400_000;
const hour = 3_600;

let world: World;
let tenant: TenantId;
let keys: ApiKeys;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  tenant = await world.tenant('keys');
  keys = apiKeysOf(tenant, byTests);
});
afterAll(() => world.close());

const settings = { name: 'ATS', scopes: ['search:read'], callsPerSecond: 5 } as const;
const later = (ms: number, from = new Date()) => new Date(from.getTime() + ms);

async function make(now = new Date(), lifetime = 365 * day) {
  const text = makeCredential('apiKey');
  const key = await keys.create(sealCredential(text), { ...settings, expiresAt: later(lifetime, now) }, now);
  return { text, key, keyId: key.keyId };
}
async function rotate(keyId: Parameters<ApiKeys['rotate']>[0], overlapSeconds: number, now = new Date()) {
  const text = makeCredential('apiKey');
  const rotation = await keys.rotate(keyId, sealCredential(text), overlapSeconds, now);
  return { text, ...rotation };
}
const refused = async (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    ({ code, details }) => [code, ...(details ?? []).map((one: { message: string }) => one.message)].join(': '),
  );

describe('a key', () => {
  it('is found by its text, with its scopes and its own limit', async () => {
    const { text, keyId } = await make();
    expect(await findApiKey(tenant, text)).toEqual({ keyId, scopes: ['search:read'], callsPerSecond: 5 });
  });

  it('is kept as a hash only: its text is nowhere in Firestore', async () => {
    const { text, key } = await make();
    await findApiKey(tenant, text);
    const successor = await rotate(key.keyId, hour);
    await keys.revoke(key.keyId, new Date());
    await flushUses();
    const dump = await dumpOf(tenant);
    expect(dump).toContain(sealCredential(text).hash);
    expect(dump).toContain('api_key.rotated');
    for (const one of [text, successor.text]) {
      expect(dump).not.toContain(one);
      expect(dump).not.toContain(one.slice(4, 36));
    }
    expect(JSON.stringify(await keys.list(10))).not.toContain(sealCredential(text).hash);
  });

  it('is none of another tenant’s', async () => {
    const { text } = await make();
    expect(await findApiKey(await world.tenant('other'), text)).toBeNull();
  });

  it('that was mistyped is refused before any store is asked', async () => {
    const { text } = await make();
    const firestore = await openFirestore();
    const asked = jest.spyOn(firestore, 'doc');
    const mistyped = [...text].map((one, at) => text.slice(0, at) + (one === 'x' ? 'y' : 'x') + text.slice(at + 1));
    for (const one of mistyped) expect(await findApiKey(tenant, one)).toBeNull();
    expect(asked).not.toHaveBeenCalled();
    expect(await findApiKey(tenant, text)).not.toBeNull();
    expect(asked).toHaveBeenCalled();
    asked.mockRestore();
  });

  it('that nobody made is none, and neither is a client’s secret', async () => {
    expect(await findApiKey(tenant, makeCredential('apiKey'))).toBeNull();
    expect(await findApiKey(tenant, makeCredential('clientSecret'))).toBeNull();
  });

  it('ends with its expiry, to the millisecond', async () => {
    const { text, key } = await make();
    const end = new Date(key.expiresAt);
    expect(await findApiKey(tenant, text, later(-1, end))).not.toBeNull();
    expect(await findApiKey(tenant, text, end)).toBeNull();
  });

  it('is not found by its id alone: the hash has to agree', async () => {
    const { text, keyId } = await make();
    const firestore = await openFirestore();
    await firestore
      .doc(`tenants/${tenant}/apiKeys/${keyId}`)
      .update({ hash: sealCredential(makeCredential('apiKey')).hash });
    expect(await findApiKey(tenant, text)).toBeNull();
  });

  it('can be one of Google’s, kept as a hash like any other', async () => {
    const google = `AIza${makeCredential('apiKey').slice(4, 39)}`;
    const made = await keys.create(sealCredential(google), { ...settings, expiresAt: later(day) }, new Date());
    expect(made.prefix).toBe('AIza');
    expect(await findApiKey(tenant, google)).toMatchObject({ keyId: made.keyId });
    expect(await dumpOf(tenant)).not.toContain(google);
    expect(await refused(rotate(made.keyId, 0))).toMatch(/^credential\.conflict: a key of Google/);
    const again = keys.create(sealCredential(google), { ...settings, expiresAt: later(day) }, new Date());
    expect(await refused(again)).toBe('credential.conflict: is a key of this tenant already');
  });
});

describe('revoking', () => {
  it('is felt by the very next call of this process', async () => {
    const { text, keyId } = await make();
    expect(await findApiKey(tenant, text)).not.toBeNull();
    const revoked = await keys.revoke(keyId, new Date());
    expect(revoked.status).toBe('revoked');
    expect(await findApiKey(tenant, text)).toBeNull();
  });

  it('is final, and doing it again changes nothing', async () => {
    const { text, keyId } = await make();
    const first = await keys.revoke(keyId, new Date());
    expect(await keys.revoke(keyId, later(day))).toEqual(first);
    expect(await refused(rotate(keyId, hour))).toBe('credential.conflict: is revoked');
    expect(await findApiKey(tenant, text)).toBeNull();
    expect((await dumpOf(tenant)).split('api_key.revoked').length - 1).toBe(1);
  });

  it('of a key that is not there, or of another tenant, is credential.not_found', async () => {
    const { keyId } = await make();
    const others = apiKeysOf(await world.tenant('other'), byTests);
    const { id } = sealCredential(makeCredential('apiKey'));
    for (const [of, one] of [
      [others, keyId],
      [keys, id],
    ] as const) {
      expect(await refused(of.revoke(one, new Date()))).toBe('credential.not_found');
      expect(await refused(of.rotate(one, sealCredential('x'), 0, new Date()))).toBe('credential.not_found');
      expect(await refused(of.byId(one))).toBe('credential.not_found');
    }
  });
});

describe('rotating', () => {
  it('gives a successor with the same name, scopes, limit and lifetime; both work until the overlap ends', async () => {
    const now = new Date();
    const old = await make(now, 90 * day);
    const at = later(10 * day, now);
    const { text, key, replaced } = await rotate(old.keyId, hour, at);
    expect(key).toMatchObject({ ...settings, expiresAt: later(100 * day, now).toISOString(), replaces: old.keyId });
    expect(replaced).toMatchObject({ replacedBy: key.keyId, acceptedUntil: later(hour * 1_000, at).toISOString() });
    const works = async (when: Date) => [
      (await findApiKey(tenant, old.text, when)) !== null,
      (await findApiKey(tenant, text, when)) !== null,
    ];
    expect(await works(at)).toEqual([true, true]);
    expect(await works(later(hour * 1_000 - 1, at))).toEqual([true, true]);
    expect(await works(later(hour * 1_000, at))).toEqual([false, true]);
  });

  it('without overlap ends the old one at once', async () => {
    const old = await make();
    const { text } = await rotate(old.keyId, 0);
    expect(await findApiKey(tenant, old.text)).toBeNull();
    expect(await findApiKey(tenant, text)).not.toBeNull();
  });

  it('never makes the old one live longer than it would have', async () => {
    const old = await make(new Date(), day);
    const { replaced } = await rotate(old.keyId, 30 * 24 * hour);
    expect(replaced.acceptedUntil).toBe(old.key.expiresAt);
  });

  it('waits for the rotation before it: credential.conflict for either key until the overlap ends', async () => {
    const now = new Date();
    const old = await make(now);
    const { key } = await rotate(old.keyId, hour, now);
    expect(await refused(rotate(old.keyId, hour, now))).toBe(`credential.conflict: was replaced by ${key.keyId}`);
    expect(await refused(rotate(key.keyId, hour, now))).toMatch(/^credential\.conflict: is itself replacing/);
    const { key: third } = await rotate(key.keyId, hour, later(hour * 1_000, now));
    expect(third.replaces).toBe(key.keyId);
  });

  it('need not wait for an old key that was revoked early', async () => {
    const old = await make();
    const { key } = await rotate(old.keyId, hour);
    await keys.revoke(old.keyId, new Date());
    expect((await rotate(key.keyId, hour)).key.replaces).toBe(key.keyId);
  });

  it('makes one successor of many rotations at once', async () => {
    const { keyId } = await make();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => refused(rotate(keyId, hour))));
    expect(outcomes.filter((one) => one === 'done')).toHaveLength(1);
    expect(outcomes.filter((one) => one.startsWith('credential.conflict: was replaced'))).toHaveLength(4);
  });

  it('of an expired key is a conflict', async () => {
    const { keyId } = await make(new Date(), day);
    expect(await refused(rotate(keyId, hour, later(day)))).toBe('credential.conflict: has expired');
  });
});

describe('the number of keys', () => {
  const limit = 'credential.limit: at most 50 at a time';

  it('ends at 50 that are accepted, however many are made at once; what was replaced does not count, and what expires or is revoked makes room', async () => {
    const now = new Date();
    const [first, second, third] = [await make(now), await make(now), await make(now)];
    await make(now, day);
    for (let i = 0; i < 45; i++) await make(now);
    const last = await Promise.all(Array.from({ length: 4 }, () => refused(make(now))));
    expect(last.sort()).toEqual([limit, limit, limit, 'done']);
    for (const { keyId } of [first, second]) expect(await refused(rotate(keyId, hour, now))).toBe('done');
    expect(await refused(make(now))).toBe(limit);
    await keys.revoke(third.keyId, now);
    expect([await refused(make(now)), await refused(make(now))]).toEqual(['done', limit]);
    expect(await refused(make(later(day, now)))).toBe('done');
  }, 60_000);
});

describe('the list', () => {
  it('is newest first, page by page, with each key’s use', async () => {
    const now = new Date();
    const made = [await make(now), await make(now), await make(later(1, now)), await make(later(2, now))];
    await findApiKey(tenant, made[3]?.text ?? '');
    await flushUses();
    const first = await keys.list(2);
    const last = first.at(-1);
    const rest = await keys.list(9, last);
    const tied = made
      .slice(0, 2)
      .map(({ keyId }) => keyId)
      .sort()
      .reverse();
    expect([...first, ...rest].map(({ keyId }) => keyId)).toEqual([made[3]?.keyId, made[2]?.keyId, ...tied]);
    expect(first.map(({ uses }) => uses)).toEqual([1, 0]);
    expect(first[0]?.lastUsedAt).toMatch(/Z$/);
    expect(rest[0]?.lastUsedAt).toBeNull();
  });
});
