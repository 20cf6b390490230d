import type { Caller } from '../context.ts';
import { recogniseCredential, sealCredential } from '../contract/credential.ts';
import { Problem } from '../contract/errors.ts';
import { operatorTenant, TenantId } from '../contract/ids.ts';
import { type Role, scopesOf } from '../contract/scopes.ts';
import type { AccessClaims } from '../platform/access-tokens.ts';
import { verifyIdToken } from '../platform/id-tokens.ts';
import { findApiKey } from '../stores/api-keys.ts';
import { findMember } from '../stores/members.ts';
import { findOAuthClient } from '../stores/oauth-clients.ts';
import { accessClaimsOf } from './access-token.ts';
import { bearerOf, type ReadHeader } from './bearer.ts';

/** A verified token: whose it is, and the claims that we set on the server. */
export type Proof =
  | { readonly kind: 'person'; readonly uid: string; readonly claims: Readonly<Record<string, unknown>> }
  | { readonly kind: 'client'; readonly claims: AccessClaims };

/** The bearer token of a REST call, verified by the one who issued it. @throws Problem `auth.required` */
export async function proofOf(header: ReadHeader): Promise<Proof> {
  const token = bearerOf(header);
  if (token === undefined) throw new Problem('auth.required');
  const claims = await accessClaimsOf(token);
  if (typeof claims === 'object') return { kind: 'client', claims };
  const person = claims === 'foreign' ? await verifyIdToken(token) : undefined;
  if (!person) throw new Problem('auth.required');
  return personProof(person);
}

/** The proof in the claims of an ID token that was verified. */
export const personProof = (claims: { readonly uid: string }): Proof => ({
  kind: 'person',
  uid: claims.uid,
  claims: { ...claims },
});

/** Whom a verified token names, before it is known whether they may call: what the log and a refusal say. */
export interface Claimant {
  readonly kind: Caller['kind'];
  readonly actor: string;
  readonly tenant: TenantId;
  /** The id of the key that came with it, good or not. */
  readonly keyId?: string | undefined;
}

/** Undefined where there is no proof, or one that names no tenant. */
export function claimantOf(proof: Proof | undefined, apiKey: string | undefined): Claimant | undefined {
  const tenant = TenantId.safeParse(proof?.claims['tenantId']);
  if (!proof || !tenant.success) return undefined;
  const actor = proof.kind === 'client' ? proof.claims.client_id : proof.uid;
  const keyId = apiKey !== undefined && recogniseCredential(apiKey) ? sealCredential(apiKey).id : undefined;
  return { kind: proof.kind, actor, tenant: tenant.data, keyId };
}

/**
 * Who a proof stands for, now. A client needs an API key of its tenant beside its token; a person's call needs none, and a
 * key that comes with it has to be a good one.
 * @throws Problem `auth.required`, `auth.no_tenant`, `auth.not_a_member`, `auth.key_required`, `auth.key_invalid`
 */
export async function callerOf(proof: Proof | undefined, apiKey: string | undefined): Promise<Caller> {
  if (!proof) throw new Problem('auth.required');
  return proof.kind === 'client' ? clientCaller(proof.claims, apiKey) : personCaller(proof, apiKey);
}

async function personCaller({ uid, claims }: Proof & { kind: 'person' }, apiKey: string | undefined): Promise<Caller> {
  const tenant = TenantId.safeParse(claims['tenantId']);
  if (!tenant.success) throw new Problem('auth.no_tenant');
  const member = await findMember(tenant.data, uid);
  if (member?.status !== 'active') throw new Problem('auth.not_a_member');
  if (apiKey !== undefined) await keyOf(tenant.data, apiKey);
  const roles = rolesOf(tenant.data, claims['roles'], member.roles);
  return { kind: 'person', actor: uid, tenant: tenant.data, roles, scopes: scopesOf(roles), apiKey: undefined };
}

async function clientCaller(claims: AccessClaims, apiKey: string | undefined): Promise<Caller> {
  const { client_id: clientId, tenantId: tenant } = claims;
  // The token was good when it was issued; what counts is that the client is still there.
  const client = await findOAuthClient(tenant, clientId);
  if (!client) throw new Problem('auth.required');
  if (apiKey === undefined) throw new Problem('auth.key_required');
  const key = await keyOf(tenant, apiKey);
  const inToken = new Set(claims.scope.split(' '));
  return {
    kind: 'client',
    actor: clientId,
    tenant,
    roles: [],
    scopes: new Set(client.scopes.filter((scope) => inToken.has(scope) && key.scopes.includes(scope))),
    apiKey: { keyId: key.keyId, callsPerSecond: key.callsPerSecond },
  };
}

async function keyOf(tenant: TenantId, text: string) {
  const key = await findApiKey(tenant, text);
  if (!key) throw new Problem('auth.key_invalid');
  return key;
}

// A token says what somebody was when it was issued, the member's document what they are: both have to agree.
function rolesOf(tenant: TenantId, claimed: unknown, held: readonly Role[]): Role[] {
  const inToken: readonly unknown[] = Array.isArray(claimed) ? claimed : [];
  return held.filter((role) => inToken.includes(role) && (role !== 'operator' || tenant === operatorTenant));
}
