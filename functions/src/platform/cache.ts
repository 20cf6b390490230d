import { readConfig } from '../config.ts';
import type { TenantId } from '../contract/ids.ts';
import type { Bucket } from './bucket.ts';

/** What became of the wish for a token of every bucket; `fullInMicros` in the order of the buckets. */
export interface Taken {
  readonly taken: boolean;
  readonly fullInMicros: readonly number[];
  readonly beside: string | null;
  readonly where: 'redis' | 'this-process';
}

/** A store of what may be lost. Every operation answers within its own time limit or throws; callers treat that as a miss. */
export interface KeyValue {
  get(keys: readonly string[]): Promise<(string | null)[]>;
  set(key: string, value: string, seconds: number): Promise<void>;
  increment(key: string): Promise<void>;
  /** Takes one token of every bucket, or of none, and reads the key `beside` in the same round trip. */
  takeTokens(buckets: readonly Bucket[], beside: string): Promise<Taken>;
  /** How many keys begin with `prefix`; with `remove`, how many were removed. Holds no wildcard. */
  sweep(prefix: string, remove: boolean): Promise<number>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The same, with every key under `t:{tenant}:`. Taking tokens names several keys at once, which a Redis Cluster allows within
 * one slot only: there the prefix would have to be written with the braces, as `t:{acme}:`.
 */
export type TenantKeyValue = Pick<KeyValue, 'get' | 'set' | 'increment' | 'takeTokens'> & {
  /** How many keys the tenant has; with `remove`, had. */
  sweep(remove: boolean): Promise<number>;
};

let opened: Promise<KeyValue | undefined> | undefined;

/** Redis where one is configured, this process's memory on a single machine, else undefined. */
export function openKeyValue(): Promise<KeyValue | undefined> {
  opened ??= (async () => {
    const { cache } = readConfig();
    if (cache.kind === 'redis') return (await import('./redis.ts')).openRedis(cache.url);
    if (cache.kind === 'memory') return (await import('./memory.ts')).openMemory();
    return undefined;
  })();
  return opened;
}

export async function closeKeyValue(): Promise<void> {
  const store = await opened?.catch(() => undefined);
  opened = undefined;
  await store?.close();
}

/** The key-value store narrowed to one tenant. */
export function bindTenantKeys(store: KeyValue, tenant: TenantId): TenantKeyValue {
  const own = (key: string) => `t:${tenant}:${key}`;
  return {
    get: (keys) => store.get(keys.map(own)),
    set: (key, value, seconds) => store.set(own(key), value, seconds),
    increment: (key) => store.increment(own(key)),
    takeTokens: (buckets, beside) =>
      store.takeTokens(
        buckets.map((bucket) => ({ ...bucket, key: own(bucket.key) })),
        own(beside),
      ),
    sweep: (remove) => store.sweep(own(''), remove),
  };
}
