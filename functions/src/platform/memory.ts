import { LRUCache } from 'lru-cache';
import type { KeyValue } from './cache.ts';

/** A cache in this process: at most 64 MiB of values. Counters never expire, so an old answer cannot come back. */
export function openMemory(): KeyValue {
  const values = new LRUCache<string, string>({
    maxSize: 64 * 2 ** 20,
    sizeCalculation: (value, key) => value.length + key.length,
  });
  const counters = new Map<string, number>();
  return {
    async get(keys) {
      return keys.map((key) => counters.get(key)?.toString() ?? values.get(key) ?? null);
    },
    async set(key, value, seconds) {
      values.set(key, value, { ttl: seconds * 1_000 });
    },
    async increment(key) {
      counters.set(key, (counters.get(key) ?? 0) + 1);
    },
    async ping() {},
    async close() {
      values.clear();
    },
  };
}
