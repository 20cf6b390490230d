import { LRUCache } from 'lru-cache';
import type { TenantId } from '../contract/ids.ts';
import { bindTenantKeys, openKeyValue } from '../platform/cache.ts';

/** What is known of who may call is at most so old, wherever it is used. */
export const accessSeconds = 10;

/** The counter that every change of a tenant's access raises, under the tenant's prefix. */
export const accessEpochKey = 'access-epoch';

interface Epoch {
  readonly here: number;
  /** As the shared counter was last seen; undefined until then. */
  readonly shared: string | undefined;
}
const never: Epoch = { here: 0, shared: undefined };
const epochs = new Map<TenantId, Epoch>();

/**
 * A read of one document that decides who may call, remembered for ten seconds and no longer than the tenant's epoch; many
 * calls at once make one read. Null, when there is none, is remembered too.
 */
export function accessRead<T>(
  read: (tenant: TenantId, id: string) => Promise<T | null>,
): (tenant: TenantId, id: string) => Promise<T | null> {
  const cache = new LRUCache<string, { readonly value: T | null }, { tenant: TenantId; id: string }>({
    max: 20_000,
    ttl: accessSeconds * 1_000,
    fetchMethod: async (_key, _stale, { context }) => ({ value: await read(context.tenant, context.id) }),
  });
  return async (tenant, id) => {
    // A read that began before a change is filed under the epoch before it, and not found again.
    const { here, shared } = epochs.get(tenant) ?? never;
    const found = await cache.fetch(`${tenant}\n${here}.${shared}\n${id}`, { context: { tenant, id } });
    return found?.value ?? null;
  };
}

/** Called after every change of a tenant, member, key or client: felt here at once, elsewhere through Redis at the next call, and everywhere within ten seconds. */
export async function forgetAccess(tenant: TenantId): Promise<void> {
  const { here, shared } = epochs.get(tenant) ?? never;
  epochs.set(tenant, { here: here + 1, shared });
  const store = await openKeyValue().catch(() => undefined);
  if (store)
    await bindTenantKeys(store, tenant)
      .increment(accessEpochKey)
      .catch(() => {});
}

/** Told the shared counter as a call has just seen it: true when what was known before may be out of date. */
export function noticeAccessEpoch(tenant: TenantId, shared: string): boolean {
  const before = epochs.get(tenant) ?? never;
  if (before.shared === shared) return false;
  epochs.set(tenant, { here: before.here, shared });
  return true;
}
