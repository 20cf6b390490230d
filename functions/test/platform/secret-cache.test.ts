import { cacheSecrets, givenTtlMs, rereadPauseMs } from '../../src/platform/secret-cache.ts';
import type { SecretProvider } from '../../src/platform/secret-provider.ts';

const ttlMs = 300_000;
const lines = (event: string) =>
  ((globalThis as { logLines?: string[] }).logLines ?? [])
    .map((line) => JSON.parse(line))
    .filter(({ message, secret }) => message === event && secret === 'NAME');

/** A cache over a provider whose answer and whose clock the test holds. */
function cacheWith(given?: string) {
  const world = { now: 0, reads: 0, opened: 0, answer: async () => ({ version: '7', value: 'as-it-is-now' }) };
  const provider = { read: () => (world.reads++, world.answer()) } as unknown as SecretProvider;
  const open = async () => (world.opened++, provider);
  const cache = cacheSecrets({ open, given: () => given, ttlMs, now: () => world.now });
  return { ...cache, world };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a secret', () => {
  it('costs nothing at first: it is what the function was deployed with', async () => {
    const { read, world } = cacheWith('as-deployed');
    expect(await read('NAME')).toEqual({ value: 'as-deployed' });
    expect(world.opened).toBe(0);
  });

  it('that a function was deployed with is looked at again soon, behind the call that finds out', async () => {
    const { read, world } = cacheWith('as-deployed');
    await read('NAME');
    world.now = givenTtlMs;
    expect((await read('NAME')).value).toBe('as-deployed');
    await settled();
    expect(await read('NAME')).toEqual({ version: '7', value: 'as-it-is-now' });
    expect(world.reads).toBe(1);
  });

  it('is read once for many calls at once, and not again within its time to live', async () => {
    const { read, world } = cacheWith();
    const all = await Promise.all(Array.from({ length: 50 }, () => read('NAME')));
    expect(new Set(all.map(({ value }) => value))).toEqual(new Set(['as-it-is-now']));
    world.now = ttlMs - 1;
    await read('NAME');
    await settled();
    expect(world.reads).toBe(1);
  });

  it('is waited for once it has been known for twice its time to live, so that no call works with an older one', async () => {
    const { read, world } = cacheWith('as-deployed');
    await read('NAME');
    world.now = givenTtlMs + ttlMs;
    expect((await read('NAME')).value).toBe('as-it-is-now');
  });

  it('that was refused is read anew, and at most once in five seconds however often it is refused', async () => {
    const { reread, world } = cacheWith('as-deployed');
    expect((await reread('NAME')).value).toBe('as-it-is-now');
    for (let i = 0; i < 100; i += 1) await reread('NAME');
    expect(world.reads).toBe(1);
    world.now = rereadPauseMs;
    await reread('NAME');
    expect(world.reads).toBe(2);
  });

  it('stays known when it cannot be read again, which the log tells', async () => {
    const { read, reread, world } = cacheWith('as-deployed');
    world.answer = () => Promise.reject(Object.assign(new Error('denied'), { code: 7 }));
    const before = lines('secret.unread').length;
    expect((await reread('NAME')).value).toBe('as-deployed');
    expect(lines('secret.unread').slice(before)).toEqual([
      expect.objectContaining({ severity: 'WARNING', known: true, code: 7, cause: 'denied' }),
    ]);
    world.now = 10 * ttlMs;
    expect((await read('NAME')).value).toBe('as-deployed');
  });

  it('that was never to be had is secret.unavailable, without a flood of reads', async () => {
    const { read, world } = cacheWith();
    world.answer = () => Promise.reject(new Error('denied'));
    for (let i = 0; i < 20; i += 1) await expect(read('NAME')).rejects.toMatchObject({ code: 'secret.unavailable' });
    expect(world.reads).toBe(1);
    world.now = rereadPauseMs;
    world.answer = async () => ({ version: '8', value: 'back-again' });
    expect(await read('NAME')).toEqual({ version: '8', value: 'back-again' });
  });
});
