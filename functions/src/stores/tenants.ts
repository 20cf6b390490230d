import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { TenantId } from '../contract/ids.ts';
import { openFirestore } from '../platform/firestore.ts';

const TenantDocument = z.object({ name: z.string(), status: z.enum(['active', 'suspended']) });
export type Tenant = z.infer<typeof TenantDocument>;

// Short, so that a suspension is felt within ten seconds everywhere; one read for many calls at once.
const tenants = new LRUCache<string, { tenant: Tenant | null }>({
  max: 5_000,
  ttl: 10_000,
  fetchMethod: async (id) => ({ tenant: await readTenant(id) }),
});

async function readTenant(id: string): Promise<Tenant | null> {
  const firestore = await openFirestore();
  const snapshot = await firestore.doc(`tenants/${id}`).get();
  const parsed = TenantDocument.safeParse(snapshot.data());
  return parsed.success ? parsed.data : null;
}

/** The tenant's document, at most ten seconds old; null when there is none or it is malformed. */
export async function findTenant(id: TenantId): Promise<Tenant | null> {
  return (await tenants.fetch(id))?.tenant ?? null;
}

/** Creates or replaces a tenant's document. */
export async function putTenant(id: TenantId, tenant: Tenant): Promise<void> {
  const firestore = await openFirestore();
  await firestore.doc(`tenants/${id}`).set(tenant, { merge: true });
  tenants.delete(id);
}
