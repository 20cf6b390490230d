import { z } from 'zod';
import type { Attribution } from '../context.ts';
import { Problem } from '../contract/errors.ts';
import { MemberId, type TenantId } from '../contract/ids.ts';
import { type Role, rolesToScopes } from '../contract/scopes.ts';
import { openFirestore } from '../platform/firestore.ts';
import { accessRead, forgetAccess } from './access.ts';
import { changeWithAudit } from './ledger.ts';

const roles = Object.keys(rolesToScopes) as Role[];

const MemberDocument = z.object({
  /** None once the member is removed. */
  roles: z.array(z.enum(roles)),
  status: z.enum(['active', 'removed']),
  email: z.string().optional(),
  /** ISO 8601, UTC. */
  createdAt: z.string().optional(),
  updatedAt: z.string().optional(),
});
export type Member = z.infer<typeof MemberDocument>;
export type ListedMember = Member & { readonly uid: MemberId };

/** Who belongs to one tenant. Nobody changes what they are themselves, and one administrator always stays. */
export interface Members {
  /** Null when there is none; never from a cache. */
  findById(uid: MemberId): Promise<Member | null>;
  /** By id, after the one named. */
  list(limit: number, after?: MemberId): Promise<ListedMember[]>;
  /**
   * Makes somebody a member, again if they were removed. Who is one already stays what they are: `added` is false then.
   * @throws Problem `member.own_roles`
   */
  add(uid: MemberId, email: string, roles: readonly Role[]): Promise<{ member: Member; added: boolean }>;
  /** @throws Problem `member.not_found`, `member.own_roles`, `member.last_admin` */
  changeRoles(uid: MemberId, roles: readonly Role[]): Promise<Member>;
  /** Removing who is removed already changes nothing. @throws Problem `member.not_found`, `member.own_roles`, `member.last_admin` */
  remove(uid: MemberId): Promise<void>;
}

const membersPath = (tenant: TenantId) => `tenants/${tenant}/members`;

/**
 * What a person is in a tenant, at most ten seconds old; null when they are nothing. A token's claims are up to an hour
 * old, so what somebody may do is what both say.
 */
export const findMember = accessRead(async (tenant, uid): Promise<Member | null> => {
  // A slash would name another document.
  if (uid.includes('/')) return null;
  const firestore = await openFirestore();
  const snapshot = await firestore.doc(`${membersPath(tenant)}/${uid}`).get();
  return memberIn(snapshot.data());
});

/** Creates or replaces a member's document. */
export async function putMember(tenant: TenantId, uid: string, member: Member): Promise<void> {
  const firestore = await openFirestore();
  await firestore.doc(`${membersPath(tenant)}/${uid}`).set(member, { merge: true });
  await forgetAccess(tenant);
}

export function membersOf(tenant: TenantId, attribution: Attribution): Members {
  const collection = async () => (await openFirestore()).collection(membersPath(tenant));

  /** One change of one member, decided and recorded in one transaction; `decide` returns what the document becomes. */
  async function change(
    uid: MemberId,
    action: string,
    decide: (before: Member | null) => Member,
  ): Promise<{ before: Member | null; after: Member }> {
    // A person's own actor is their uid; an operator's or a script's is none of this tenant's.
    if (attribution.actorKind === 'person' && attribution.actor === uid) throw new Problem('member.own_roles');
    const members = await collection();
    const changed = await changeWithAudit(tenant, attribution, async (tx) => {
      const before = memberIn((await tx.get(members.doc(uid))).data());
      const after = decide(before);
      if (before?.roles.includes('admin') && !after.roles.includes('admin')) {
        const admins = await tx.get(members.where('roles', 'array-contains', 'admin').limit(2));
        if (admins.size < 2) throw new Problem('member.last_admin');
      }
      if (after !== before) tx.set(members.doc(uid), after);
      const details = { before: before?.roles.join(' ') ?? '', after: after.roles.join(' ') };
      const entry = after === before ? null : { action, subjects: [`member:${uid}`], details };
      return { result: { before, after }, entry };
    });
    await forgetAccess(tenant);
    return changed;
  }

  const now = () => new Date().toISOString();
  return {
    async findById(uid) {
      return memberIn((await (await collection()).doc(uid).get()).data());
    },
    async list(limit, after) {
      const query = (await collection()).orderBy('__name__').limit(limit);
      const { docs } = await (after === undefined ? query : query.startAfter(after)).get();
      return docs.flatMap((doc) => {
        const member = memberIn(doc.data());
        return member ? [{ ...member, uid: MemberId.parse(doc.id) }] : [];
      });
    },
    async add(uid, email, given) {
      const { before, after } = await change(uid, 'member.invited', (member) =>
        member?.status === 'active'
          ? member
          : { roles: [...given], status: 'active', email, createdAt: member?.createdAt ?? now(), updatedAt: now() },
      );
      return { member: after, added: after !== before };
    },
    async changeRoles(uid, given) {
      const { after } = await change(uid, 'member.roles_changed', (member) => {
        if (member?.status !== 'active') throw new Problem('member.not_found');
        // Who is an operator is decided outside of the product's endpoints: the role is neither given nor taken here.
        const kept: Role[] = member.roles.filter((role) => role === 'operator');
        return { ...member, roles: [...new Set([...given, ...kept])], updatedAt: now() };
      });
      return after;
    },
    async remove(uid) {
      await change(uid, 'member.removed', (member) => {
        if (!member) throw new Problem('member.not_found');
        return member.status === 'removed' ? member : { ...member, roles: [], status: 'removed', updatedAt: now() };
      });
    },
  };
}

function memberIn(data: unknown): Member | null {
  const parsed = MemberDocument.safeParse(data);
  return parsed.success ? parsed.data : null;
}
