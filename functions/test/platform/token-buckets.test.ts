import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { TenantId } from '../../src/contract/ids.ts';
import { type Bucket, stateOf, takeOfAll } from '../../src/platform/bucket.ts';
import { bindTenantKeys, closeKeyValue, type KeyValue } from '../../src/platform/cache.ts';
import { openMemory } from '../../src/platform/memory.ts';
import { openRedis } from '../../src/platform/redis.ts';
import { takeTokens } from '../../src/platform/token-buckets.ts';

const real = process.env['HEADHUNTER_REDIS_URL'];
const later = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const unique = () => `test-${Math.random().toString(36).slice(2)}`;

/** So slow that nothing comes back while a test runs. */
const slow = (key: string, burst: number): Bucket => ({ key, burst, intervalMicros: 1e9 });

describe('buckets by a clock of the test’s own', () => {
  const second = 1_000_000;

  it('give their burst at once, then one token an interval, and never hold more than the burst', () => {
    const bucket: Bucket = { key: 'b', burst: 3, intervalMicros: second / 2 };
    let kept: number[] = [];
    const take = (now: number) => {
      const { taken, fullAt } = takeOfAll([bucket], kept, now);
      kept = fullAt;
      return taken;
    };
    expect([0, 0, 0, 0].map(take)).toEqual([true, true, true, false]);
    expect([second / 2 - 1, second / 2, second / 2].map(take)).toEqual([false, true, false]);
    expect([100, 100, 100, 100].map((s) => take(s * second))).toEqual([true, true, true, false]);
  });

  it('never admit more than the burst and what came back meanwhile, whatever the calls', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({
            burst: fc.integer({ min: 1, max: 40 }),
            perSecond: fc.double({ min: 0.01, max: 10_000, noNaN: true }),
          }),
          { minLength: 1, maxLength: 3 },
        ),
        fc.array(fc.integer({ min: 0, max: 3_000_000 }), { maxLength: 200 }),
        (limits, pauses) => {
          const buckets = limits.map(({ burst, perSecond }, i) => ({
            key: `${i}`,
            burst,
            intervalMicros: Math.ceil(second / perSecond),
          }));
          const start = 1.79e15;
          const admitted: number[] = [];
          let kept: number[] = [];
          let now = start;
          for (const pause of pauses) {
            now += pause;
            const { taken, fullAt } = takeOfAll(buckets, kept, now);
            kept = fullAt;
            if (taken) admitted.push(now);
          }
          // Over every stretch between two admissions, not only over the whole.
          for (const { burst, perSecond } of limits) {
            for (const [i, from] of admitted.entries()) {
              for (const [j, to] of admitted.slice(i).entries()) {
                if (j + 1 > burst + (perSecond * (to - from)) / second + 1e-6) return false;
              }
            }
          }
          return true;
        },
      ),
    );
  });

  it('say how long to wait so that waiting so long is enough, and a second less is not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 100, max: 90_000_000 }),
        fc.integer({ min: 0, max: 5_000_000 }),
        (burst, intervalMicros, pause) => {
          const bucket = { key: 'b', burst, intervalMicros };
          let kept: number[] = [];
          for (let i = 0; i < burst; i++) kept = takeOfAll([bucket], kept, 0).fullAt;
          const refused = takeOfAll([bucket], kept, pause);
          const { nextTokenSeconds, remaining } = stateOf(bucket, (refused.fullAt[0] ?? 0) - pause);
          if (refused.taken) return true;
          const after = (seconds: number) => takeOfAll([bucket], refused.fullAt, pause + seconds * second).taken;
          return remaining === 0 && after(nextTokenSeconds) && !after(nextTokenSeconds - 1);
        },
      ),
    );
  });

  it('are no emptier than empty after the clock was set back by a day, or the limit was raised', () => {
    const bucket: Bucket = { key: 'b', burst: 2, intervalMicros: second };
    const { taken, fullAt } = takeOfAll([bucket], [86_400 * second], 0);
    expect([taken, takeOfAll([bucket], fullAt, second).taken]).toEqual([false, true]);
  });
});

describe.each<[string, () => Promise<KeyValue>]>([
  ['this process', async () => openMemory()],
  ...(real ? [['Redis', () => openRedis(real)] as [string, () => Promise<KeyValue>]] : []),
])('buckets in %s', (where, open) => {
  let store: KeyValue;
  const [acme, globex] = [TenantId.parse(unique()), TenantId.parse(unique())];
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.close());
  const admitted = async (from: KeyValue | ReturnType<typeof bindTenantKeys>, buckets: Bucket[], calls: number) => {
    const all = await Promise.all(Array.from({ length: calls }, () => from.takeTokens(buckets, 'none')));
    return all.filter(({ taken }) => taken).length;
  };

  it('admit exactly their burst of a hundred calls at once', async () => {
    expect(await admitted(store, [slow(unique(), 37)], 100)).toBe(37);
  });

  it('take a token of all or of none', async () => {
    const [wide, narrow, other] = [slow(unique(), 10), slow(unique(), 3), slow(unique(), 4)];
    expect(await admitted(store, [wide, narrow, other], 20)).toBe(3);
    // The seventeen that were refused by one took nothing of the others.
    expect(await admitted(store, [wide], 20)).toBe(7);
    expect(await admitted(store, [other], 20)).toBe(1);
  });

  it('fill again', async () => {
    const bucket = { key: unique(), burst: 2, intervalMicros: 50_000 };
    expect(await admitted(store, [bucket], 2)).toBe(2);
    await later(120);
    expect((await store.takeTokens([bucket], 'none')).taken).toBe(true);
  });

  it('tell what is left, and what the key beside them holds', async () => {
    const [bucket, beside] = [slow(unique(), 3), unique()];
    const first = await store.takeTokens([bucket], beside);
    expect(first).toMatchObject({ taken: true, beside: null, where: where === 'Redis' ? 'redis' : 'this-process' });
    expect(stateOf(bucket, first.fullInMicros[0] ?? 0)).toMatchObject({ remaining: 2, resetSeconds: 1_000 });
    await store.increment(beside);
    expect((await store.takeTokens([bucket], beside)).beside).toBe('1');
  });

  it('of two tenants are two, whatever the name says', async () => {
    const own = slow('bucket:tenant', 2);
    expect(await admitted(bindTenantKeys(store, acme), [own], 5)).toBe(2);
    const reaching = [
      `../${acme}:bucket:tenant`,
      `t:${acme}:bucket:tenant`,
      `\r\nDEL t:${acme}:bucket:tenant\r\n`,
      '*',
      '',
    ];
    for (const key of reaching) expect(await admitted(bindTenantKeys(store, globex), [slow(key, 1)], 1)).toBe(1);
    expect(await admitted(bindTenantKeys(store, acme), [own], 1)).toBe(0);
    expect(await admitted(bindTenantKeys(store, globex), [own], 5)).toBe(2);
  });

  if (where === 'this process') {
    it('are bounded in number: the one used longest ago is forgotten, and so full again', async () => {
      const first = slow(unique(), 1);
      expect(await admitted(store, [first], 2)).toBe(1);
      for (let i = 0; i < 20_000; i++) await store.takeTokens([slow(`filler:${i}`, 1)], 'none');
      expect(await admitted(store, [first], 2)).toBe(1);
    });
    return;
  }

  it('are shared by two instances', async () => {
    const second = await open();
    const bucket = slow(unique(), 25);
    const both = await Promise.all([admitted(store, [bucket], 40), admitted(second, [bucket], 40)]);
    expect(both.reduce((a, b) => a + b)).toBe(25);
    await second.close();
  });

  it('leave nothing behind once they are full', async () => {
    const bucket = { key: unique(), burst: 1, intervalMicros: 20_000 };
    await store.takeTokens([bucket], 'none');
    await later(60);
    expect(await store.get([bucket.key])).toEqual([null]);
  });
});

describe('a turn', () => {
  const limits = [
    { name: 'wide', perSecond: 0.001, burst: 5 },
    { name: 'narrow', perSecond: 0.002, burst: 2 },
  ];
  const logged = () => {
    const { logLines = [] } = globalThis as { logLines?: string[] };
    return logLines.filter((line) => line.includes('"limits.this_process"')).length;
  };
  let shift = 0;
  beforeAll(() => {
    const now = Date.now;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + shift);
  });
  const alone = async () => {
    for (const name of ['K_SERVICE', 'REDIS_URL']) delete process.env[name];
    await closeKeyValue();
    // Past what was remembered of a Redis that is away.
    shift += 120_000;
  };
  beforeEach(alone);
  afterEach(alone);
  afterAll(() => jest.restoreAllMocks());

  it('tells of the limit that is nearest, and when refused how long until none stands in the way', async () => {
    const tenant = TenantId.parse(unique());
    const turns = [];
    for (let i = 0; i < 3; i++) turns.push(await takeTokens(tenant, limits, 'epoch'));
    expect(turns).toEqual([
      expect.objectContaining({ allowed: true, tightest: limits[1], remaining: 1, retryAfterSeconds: 0 }),
      expect.objectContaining({ allowed: true, tightest: limits[1], remaining: 0, retryAfterSeconds: 0 }),
      expect.objectContaining({ allowed: false, tightest: limits[1], remaining: 0 }),
    ]);
    const wait = turns[2]?.retryAfterSeconds ?? 0;
    shift += wait * 1_000;
    expect(wait).toBeLessThanOrEqual(500);
    expect((await takeTokens(tenant, limits, 'epoch')).allowed).toBe(true);
  });

  it.each([
    ['Redis is away', { REDIS_URL: 'redis://127.0.0.1:1' }],
    ['there is none where instances are many', { K_SERVICE: 'search-hybrid' }],
  ])('is counted by this process when %s, which is said once a minute', async (_, env) => {
    Object.assign(process.env, env);
    await closeKeyValue();
    const [tenant, before] = [TenantId.parse(unique()), logged()];
    const turns = [];
    for (let i = 0; i < 10; i++) {
      turns.push(await takeTokens(tenant, limits, 'epoch'));
      shift += 2_000;
    }
    expect(turns.filter(({ allowed }) => allowed).length).toBe(2);
    expect(new Set(turns.map(({ where }) => where))).toEqual(new Set(['this-process']));
    expect(logged() - before).toBe(1);
    shift += 60_000;
    await takeTokens(tenant, limits, 'epoch');
    expect(logged() - before).toBe(2);
  });

  it('is counted by this process without a word on a single machine', async () => {
    const before = logged();
    await takeTokens(TenantId.parse(unique()), limits, 'epoch');
    expect(logged()).toBe(before);
  });

  (real ? it : it.skip)('goes on while a real Redis is away, and by Redis again when it is back', async () => {
    const wire = await openWire(new URL(real ?? ''));
    process.env['REDIS_URL'] = `redis://127.0.0.1:${wire.port}`;
    await closeKeyValue();
    const tenant = TenantId.parse(unique());
    const where = async () => (await takeTokens(tenant, limits, 'epoch')).where;
    expect(await where()).toBe('redis');
    await wire.cut();
    expect([await where(), await where()]).toEqual(['this-process', 'this-process']);
    await wire.mend();
    for (let i = 0; i < 50 && (await where()) !== 'redis'; i++) {
      shift += 1_000;
      await later(100);
    }
    const back = await takeTokens(tenant, limits, 'epoch');
    expect([back.where, back.allowed]).toEqual(['redis', false]);
    await wire.cut();
  });
});

/** The way to a server, which can be cut and mended. */
async function openWire(to: URL) {
  const sockets = new Set<Socket>();
  let server: Server;
  const open = async (port: number) => {
    server = createServer((inner) => {
      const outer = connect(Number(to.port), to.hostname);
      for (const socket of [inner, outer]) {
        sockets.add(socket);
        socket.on('error', () => {});
      }
      inner.pipe(outer).pipe(inner);
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await open(0);
  return {
    port,
    async cut() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    mend: () => open(port),
  };
}
