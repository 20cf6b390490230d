import { setTimeout as sleep } from 'node:timers/promises';
import { takeOfAllInRedis } from './bucket.ts';
import type { KeyValue } from './cache.ts';

interface Scripted {
  takeOfAll(keyCount: number, ...keysThenArguments: (string | number)[]): Promise<[number, string | null, ...number[]]>;
}

/** Redis through ioredis: no offline queue, one retry, 250 ms a command, so that its absence costs little. */
export async function openRedis(url: string): Promise<KeyValue> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    commandTimeout: 250,
    connectTimeout: 2_000,
    maxRetriesPerRequest: 1,
    enableOfflineQueue: false,
    lazyConnect: true,
    retryStrategy: (attempt) => Math.min(100 * 2 ** attempt, 3_000),
    // Sent as EVALSHA, and whole only to a Redis that does not know it yet.
    scripts: { takeOfAll: { lua: takeOfAllInRedis } },
  }) as InstanceType<typeof Redis> & Scripted;
  // Each failed command already throws at its caller; the connection's own events would end the process unheard.
  redis.on('error', () => {});
  // One that does not answer is waited for a second; it goes on connecting, and until then every command is a miss.
  const late = new AbortController();
  await Promise.race([
    redis.connect().catch(() => {}),
    sleep(1_000, undefined, { signal: late.signal }).catch(() => {}),
  ]);
  late.abort();
  return {
    // Redis takes a question about no key for a mistake.
    get: async (keys) => (keys.length === 0 ? [] : redis.mget([...keys])),
    async set(key, value, seconds) {
      await redis.set(key, value, 'EX', seconds);
    },
    async increment(key) {
      await redis.incr(key);
    },
    async takeTokens(buckets, beside) {
      const [taken, found, ...fullInMicros] = await redis.takeOfAll(
        buckets.length + 1,
        ...buckets.map(({ key }) => key),
        beside,
        ...buckets.flatMap(({ intervalMicros, burst }) => [intervalMicros, burst]),
      );
      return { taken: taken === 1, fullInMicros, beside: found, where: 'redis' };
    },
    async sweep(prefix, remove) {
      const found = new Set<string>();
      let cursor = '0';
      do {
        const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefix}*`, 'COUNT', 1_000);
        cursor = next;
        for (const key of keys) found.add(key);
        if (remove && keys.length > 0) await redis.unlink(...keys);
      } while (cursor !== '0');
      return found.size;
    },
    async ping() {
      await redis.ping();
    },
    async close() {
      redis.disconnect();
    },
  };
}
