import { z } from 'zod';
import type { TenantId } from '../contract/ids.ts';
import { openFirestore } from '../platform/firestore.ts';
import { accessRead, forgetAccess } from './access.ts';

// One that makes no sense is as good as none: it must not shut the tenant out.
const CallsPerSecond = z.number().positive().optional().catch(undefined);

/** A tenant's own limits, where they differ from the product's. */
const TenantLimits = z.object({
  callsPerSecond: CallsPerSecond,
  endpoints: z.record(z.string(), CallsPerSecond).optional().catch(undefined),
  /** Millionths of a US dollar that hosted models may cost in a calendar month; 0 for none. One that makes no sense is 0, too. */
  monthlyMicros: z.int().min(0).optional().catch(0),
});

export const TenantDocument = z.object({
  name: z.string(),
  status: z.enum(['provisioning', 'active', 'suspended', 'offboarding']),
  limits: TenantLimits.optional().catch(undefined),
  /** ISO 8601, UTC. */
  createdAt: z.string().optional(),
  /** How far its creation came; `input` is the hash of what was asked for. */
  provisioning: z.object({ input: z.string(), done: z.array(z.string()) }).optional(),
});
export type Tenant = z.infer<typeof TenantDocument>;

const read = accessRead(async (id: TenantId): Promise<Tenant | null> => {
  const firestore = await openFirestore();
  const snapshot = await firestore.doc(`tenants/${id}`).get();
  const parsed = TenantDocument.safeParse(snapshot.data());
  return parsed.success ? parsed.data : null;
});

/** The tenant's document, at most ten seconds old; null when there is none or it is malformed. */
export const findTenant = (id: TenantId): Promise<Tenant | null> => read(id, '');

/** Creates or replaces a tenant's document. */
export async function putTenant(id: TenantId, tenant: Tenant): Promise<void> {
  const firestore = await openFirestore();
  await firestore.doc(`tenants/${id}`).set(tenant, { merge: true });
  await forgetAccess(id);
}
