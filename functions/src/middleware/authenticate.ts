import type { Caller } from '../context.ts';
import { Problem } from '../contract/errors.ts';
import { operatorTenant, TenantId } from '../contract/ids.ts';
import { type Role, scopesOf } from '../contract/scopes.ts';
import { verifyIdToken } from '../platform/id-tokens.ts';
import { findMember } from '../stores/members.ts';

/** A verified token: whose it is, and the claims that we set on the server. */
export interface Proof {
  readonly uid: string;
  readonly [claim: string]: unknown;
}

/** The bearer token of a REST call, verified. @throws Problem `auth.required` */
export async function verifyBearer(authorization: string | undefined): Promise<Proof> {
  const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/.exec(authorization ?? '')?.[1];
  const proof = token && token.length <= 8_192 ? await verifyIdToken(token) : undefined;
  if (!proof) throw new Problem('auth.required');
  return proof;
}

/** Who a proof stands for, now. @throws Problem `auth.required`, `auth.no_tenant`, `auth.not_a_member` */
export async function callerOf(proof: Proof | undefined): Promise<Caller> {
  if (!proof) throw new Problem('auth.required');
  const tenant = TenantId.safeParse(proof['tenantId']);
  if (!tenant.success) throw new Problem('auth.no_tenant');
  const member = await findMember(tenant.data, proof.uid);
  if (member?.status !== 'active') throw new Problem('auth.not_a_member');
  const roles = rolesOf(tenant.data, proof['roles'], member.roles);
  return {
    kind: 'person',
    actor: proof.uid,
    tenant: tenant.data,
    roles,
    scopes: scopesOf(roles),
    apiKey: undefined,
  };
}

// A token says what somebody was when it was issued, the member's document what they are: both have to agree.
function rolesOf(tenant: TenantId, claimed: unknown, held: readonly Role[]): Role[] {
  const inToken: readonly unknown[] = Array.isArray(claimed) ? claimed : [];
  return held.filter((role) => inToken.includes(role) && (role !== 'operator' || tenant === operatorTenant));
}
