import { z } from 'zod';
import type { TenantId } from '../contract/ids.ts';
import { type Role, rolesToScopes } from '../contract/scopes.ts';
import { openFirestore } from '../platform/firestore.ts';
import { accessRead, forgetAccess } from './access.ts';

const roles = Object.keys(rolesToScopes) as Role[];

const MemberDocument = z.object({
  roles: z.array(z.enum(roles)),
  status: z.enum(['active', 'removed']),
});
export type Member = z.infer<typeof MemberDocument>;

/**
 * What a person is in a tenant, at most ten seconds old; null when they are nothing. A token's claims are up to an hour
 * old, so what somebody may do is what both say.
 */
export const findMember = accessRead(async (tenant, uid): Promise<Member | null> => {
  // A slash would name another document.
  if (uid.includes('/')) return null;
  const firestore = await openFirestore();
  const snapshot = await firestore.doc(`tenants/${tenant}/members/${uid}`).get();
  const parsed = MemberDocument.safeParse(snapshot.data());
  return parsed.success ? parsed.data : null;
});

/** Creates or replaces a member's document. */
export async function putMember(tenant: TenantId, uid: string, member: Member): Promise<void> {
  const firestore = await openFirestore();
  await firestore.doc(`tenants/${tenant}/members/${uid}`).set(member, { merge: true });
  await forgetAccess(tenant);
}
