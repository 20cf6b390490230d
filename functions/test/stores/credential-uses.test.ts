import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TenantId } from '../../src/contract/ids.ts';
import { openFirestore } from '../../src/platform/firestore.ts';
import type * as Uses from '../../src/stores/credential-uses.ts';
import { openWorld, type World } from '../harness.ts';

let world: World;
let tenant: TenantId;
let version: string;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  tenant = await world.tenant('uses');
  version = randomBytes(12).toString('hex');
});
afterAll(() => world.close());

/** What another process knows: the module anew, over the same Firestore. */
async function instance(): Promise<typeof Uses> {
  const firestore = await openFirestore();
  let fresh: typeof Uses | undefined;
  await jest.isolateModulesAsync(async () => {
    (await import('../../src/platform/firestore.ts')).provideFirestore(firestore);
    fresh = await import('../../src/stores/credential-uses.ts');
  });
  return fresh as typeof Uses;
}
const known = async (of: typeof Uses) => (await of.usesOf(tenant, [version]))(version);
const written = async (of: typeof Uses, uses: number) => {
  while ((await known(of)).uses < uses) await sleep(20);
};
const iso = (ms: number) => new Date(ms).toISOString();
const start = Date.parse('2026-03-01T12:00:00.000Z');
const seconds = 1_000;

describe('the uses of a version', () => {
  it('add up over instances that write at the same moment, and none is lost', async () => {
    const instances = [await instance(), await instance(), await instance(), await instance()];
    await Promise.all(
      instances.map(async (one, i) => {
        for (let use = 0; use < 25; use++) one.noteUse(tenant, version, start + i + use);
        await one.flushUses();
      }),
    );
    const [first] = instances;
    if (first) expect(await known(first)).toEqual({ uses: 100, lastUsedAt: iso(start + 3 + 24) });
  });

  it('are written at once after a rest, and within a rest not again', async () => {
    const one = await instance();
    for (let i = 0; i < 60; i++) one.noteUse(tenant, version, start + i * seconds);
    await written(one, 1);
    expect(await known(one)).toEqual({ uses: 1, lastUsedAt: iso(start) });
    one.noteUse(tenant, version, start + 60 * seconds);
    await written(one, 61);
    expect(await known(one)).toEqual({ uses: 61, lastUsedAt: iso(start + 60 * seconds) });
  });

  it('never set the last use back, when an instance that slept writes what it still held', async () => {
    const [slow, quick] = [await instance(), await instance()];
    slow.noteUse(tenant, version, start);
    slow.noteUse(tenant, version, start + 5 * seconds);
    quick.noteUse(tenant, version, start + 600 * seconds);
    await quick.flushUses();
    await slow.flushUses();
    expect(await known(quick)).toEqual({ uses: 3, lastUsedAt: iso(start + 600 * seconds) });
  });

  it('that could not be written are written with the next, and no caller hears of it', async () => {
    const one = await instance();
    const firestore = await openFirestore();
    const failing = jest.spyOn(firestore, 'doc').mockImplementation(() => {
      throw new Error('away');
    });
    one.noteUse(tenant, version, start);
    await one.flushUses();
    failing.mockRestore();
    expect((await known(one)).uses).toBe(0);
    one.noteUse(tenant, version, start + 60 * seconds);
    await one.flushUses();
    expect(await known(one)).toEqual({ uses: 2, lastUsedAt: iso(start + 60 * seconds) });
  });

  it('of another owner are another’s', async () => {
    const one = await instance();
    one.noteUse(tenant, version, start);
    await one.flushUses();
    const other = await world.tenant('other');
    expect((await one.usesOf(other, [version]))(version)).toEqual({ uses: 0, lastUsedAt: null });
  });
});

describe('that nobody used a version since a moment', () => {
  const at = (secondsLater: number) => new Date(start + secondsLater * seconds);

  it('is said only when a use before it could not be hidden by what is still to be written', async () => {
    const one = await instance();
    const late = one.useLatenessSeconds();
    one.noteUse(tenant, version, start);
    await one.flushUses();
    const isUnused = (since: number, now: number) => one.isUnusedSince(tenant, version, at(since), at(now));
    expect(await isUnused(-10, 1_000)).toBe(false);
    expect(await isUnused(late, 1_000)).toBe(false);
    expect(await isUnused(late + 1, 1_000)).toBe(true);
    expect(await isUnused(late + 1, late + 1 + late - 1)).toBe(false);
    expect(await isUnused(late + 1, late + 1 + late)).toBe(true);
  });

  it('is true of one that was never used, once it can be known', async () => {
    const one = await instance();
    expect(await one.isUnusedSince(tenant, version, at(0), at(one.useLatenessSeconds()))).toBe(true);
    expect(await one.isUnusedSince(tenant, version, at(0), at(one.useLatenessSeconds() - 1))).toBe(false);
  });

  it('is never said of a version in steady use, whichever uses are unwritten when an instance dies', async () => {
    const one = await instance();
    // A use every seven seconds for ten minutes; then the instance is gone without a farewell.
    const last = start + 600 * seconds;
    for (let use = start; use <= last; use += 7 * seconds) one.noteUse(tenant, version, use);
    while (((await known(one)).lastUsedAt ?? '') < iso(last - 60 * seconds)) await sleep(20);
    const since = new Date(last - 7 * seconds);
    expect(await one.isUnusedSince(tenant, version, since, new Date(last + 3_600 * seconds))).toBe(false);
  });
});
