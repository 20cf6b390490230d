import { readConfig } from '../config.ts';
import type { TenantId } from '../contract/ids.ts';

/** A store of what may be lost. Every operation answers within its own time limit or throws; callers treat that as a miss. */
export interface KeyValue {
  get(keys: readonly string[]): Promise<(string | null)[]>;
  set(key: string, value: string, seconds: number): Promise<void>;
  increment(key: string): Promise<void>;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The same, with every key under `t:{tenant}:`. */
export type TenantKeyValue = Pick<KeyValue, 'get' | 'set' | 'increment'>;

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
  };
}
