import type { Caller } from '../context.ts';
import { Problem } from '../contract/errors.ts';
import { TenantId } from '../contract/ids.ts';
import { type Role, rolesToScopes, scopesOf } from '../contract/scopes.ts';
import { verifyIdToken } from '../platform/id-tokens.ts';

/** The claims of a verified ID token that we set on the server. */
interface Proof {
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

/** Who a proof stands for. @throws Problem `auth.required`, `auth.no_tenant` */
export function callerOf(proof: Proof | undefined): Caller {
  if (!proof) throw new Problem('auth.required');
  const tenant = TenantId.safeParse(proof['tenantId']);
  if (!tenant.success) throw new Problem('auth.no_tenant');
  const claimed = Array.isArray(proof['roles']) ? proof['roles'] : [];
  const roles = claimed.filter((role): role is Role => typeof role === 'string' && Object.hasOwn(rolesToScopes, role));
  return { uid: proof.uid, tenant: tenant.data, roles, scopes: scopesOf(roles) };
}
