import { TenantId } from '../../src/contract/ids.ts';
import { bindTenantKeys, closeKeyValue, type KeyValue, openKeyValue } from '../../src/platform/cache.ts';
import { openMemory } from '../../src/platform/memory.ts';
import { openRedis } from '../../src/platform/redis.ts';

const acme = TenantId.parse('acme');
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const real = process.env['HEADHUNTER_REDIS_URL'];

describe.each<[string, () => Promise<KeyValue>]>([
  ['in memory', async () => openMemory()],
  ...(real ? [['in Redis', () => openRedis(real)] as [string, () => Promise<KeyValue>]] : []),
])('the cache %s', (_, open) => {
  let store: KeyValue;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());
  const key = `test:${Math.random()}`;

  it('gives back what was set, null for what was not, in the order asked', async () => {
    await store.set(`${key}:a`, 'one', 5);
    expect(await store.get([`${key}:b`, `${key}:a`])).toEqual([null, 'one']);
  });

  it('forgets after its seconds', async () => {
    await store.set(`${key}:short`, 'one', 1);
    await later(1_100);
    expect(await store.get([`${key}:short`])).toEqual([null]);
  });

  it('counts up from nothing, and every increment changes what is read', async () => {
    const seen = new Set<string | null | undefined>();
    for (let i = 0; i < 4; i++) {
      seen.add((await store.get([`${key}:n`]))[0]);
      await store.increment(`${key}:n`);
    }
    expect(seen.size).toBe(4);
  });

  it('keeps tenants apart under keys that begin with theirs', async () => {
    await bindTenantKeys(store, acme).set(`${key}:x`, 'of acme', 5);
    expect(await store.get([`t:acme:${key}:x`])).toEqual(['of acme']);
    expect(await bindTenantKeys(store, TenantId.parse('acmes')).get([`${key}:x`])).toEqual([null]);
  });
});

describe('the cache in memory', () => {
  it('holds no more than it may, and never forgets a counter for it', async () => {
    const store = openMemory();
    await store.increment('generation');
    for (let i = 0; i < 100; i++) await store.set(`k${i}`, 'x'.repeat(1_048_576), 60);
    const kept = (await store.get(Array.from({ length: 100 }, (_, i) => `k${i}`))).filter((value) => value !== null);
    expect(kept.length).toBeLessThan(64);
    expect(kept.length).toBeGreaterThan(50);
    expect(await store.get(['generation'])).toEqual(['1']);
    await store.close();
  });
});

describe('a Redis that is away', () => {
  it('makes every operation fail soon, and closing it does not', async () => {
    const store = await openRedis('redis://127.0.0.1:1');
    const started = Date.now();
    for (const work of [store.get(['a']), store.set('a', 'b', 1), store.increment('a'), store.ping()]) {
      await expect(work).rejects.toThrow();
    }
    expect(Date.now() - started).toBeLessThan(2_000);
    await store.close();
  });
});

describe('which cache there is', () => {
  const before = { ...process.env };
  afterEach(async () => {
    for (const name of ['K_SERVICE', 'REDIS_URL', 'FUNCTIONS_EMULATOR']) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
    await closeKeyValue();
  });

  it('is this process’s memory on one machine, and none where other instances could go on answering what is stale', async () => {
    delete process.env['REDIS_URL'];
    await closeKeyValue();
    expect(await openKeyValue()).toBeDefined();
    process.env['K_SERVICE'] = 'search-hybrid';
    await closeKeyValue();
    expect(await openKeyValue()).toBeUndefined();
  });
});
