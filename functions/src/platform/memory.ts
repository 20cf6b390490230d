import { LRUCache } from 'lru-cache';
import { takeOfAll } from './bucket.ts';
import type { KeyValue } from './cache.ts';

/**
 * A cache in this process: at most 64 MiB of values and the 20,000 buckets used last. Counters never expire, so an old
 * answer cannot come back.
 */
export function openMemory(): KeyValue {
  const values = new LRUCache<string, string>({
    maxSize: 64 * 2 ** 20,
    sizeCalculation: (value, key) => value.length + key.length,
  });
  const counters = new Map<string, number>();
  const buckets = new LRUCache<string, number>({ max: 20_000 });
  const read = (key: string) => counters.get(key)?.toString() ?? values.get(key) ?? null;
  return {
    async get(keys) {
      return keys.map(read);
    },
    async set(key, value, seconds) {
      values.set(key, value, { ttl: seconds * 1_000 });
    },
    async increment(key) {
      counters.set(key, (counters.get(key) ?? 0) + 1);
    },
    async takeTokens(wanted, beside) {
      const now = Date.now() * 1_000;
      const kept = wanted.map(({ key }) => buckets.get(key));
      const { taken, fullAt } = takeOfAll(wanted, kept, now);
      for (const [i, { key }] of wanted.entries()) buckets.set(key, fullAt[i] ?? now);
      return { taken, fullInMicros: fullAt.map((at) => at - now), beside: read(beside), where: 'this-process' };
    },
    async sweep(prefix, remove) {
      const found = [...values.keys(), ...counters.keys(), ...buckets.keys()].filter((key) => key.startsWith(prefix));
      for (const key of remove ? found : []) [values, counters, buckets].forEach((one) => one.delete(key));
      return found.length;
    },
    async ping() {},
    async close() {
      values.clear();
      buckets.clear();
    },
  };
}
