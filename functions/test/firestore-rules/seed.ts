import type { TokenOptions } from '@firebase/rules-unit-testing';

export type Fields = Readonly<Record<string, unknown>>;

/** Somebody signed in: their uid, and what their ID token says. */
export interface Account {
  readonly uid: string;
  readonly token: TokenOptions;
}

/** An account with a verified e-mail address, and with the claims that the server sets. */
export const account = (uid: string, claims: Fields = {}): Account => ({
  uid,
  token: { email: `${uid}@acme.example`, email_verified: true, ...claims },
});

const tenants = {
  acme: 'active',
  globex: 'active',
  headhunter: 'active',
  paused: 'suspended',
  begun: 'provisioning',
  leaving: 'offboarding',
};

const members: Readonly<Record<string, Fields>> = {
  recruiter: { roles: ['recruiter'], status: 'active' },
  admin: { roles: ['admin'], status: 'active' },
  auditor: { roles: ['auditor'], status: 'active' },
  operator: { roles: ['operator'], status: 'active' },
  colleague: { roles: ['recruiter', 'admin'], status: 'active' },
  former: { roles: ['admin'], status: 'removed' },
  halfway: { roles: ['admin'], status: 'invited' },
  'no-roles': { roles: [], status: 'active' },
  'map-of-roles': { roles: { admin: true }, status: 'active' },
};

/** What functions write under `tenants/{tenant}`, beside the members: each collection with one document; some in the operator's tenant only. */
export const ofTenant: Readonly<Record<string, Readonly<Record<string, Fields>>>> = {
  apiKeys: { k1: { prefix: 'hhk_abcd', hash: 'x', scopes: ['search:read'] } },
  oauthClients: { 'acme.c1': { hash: 'x', scopes: ['search:read'] } },
  audit: { '1': { action: 'tenant.created', previous: '' } },
  ledger: { head: { sequence: 1, hash: 'x' } },
  credentialUses: { 'key.k1.1': { uses: 1 } },
  claimEffects: { c1: { lease: 'x' } },
  offboardings: { globex: { state: 'exporting' } },
  receipts: { globex: { erasedAt: '2026-01-01T00:00:00.000Z' } },
  deadLetters: { 'j1-1': { jobId: 'j1', category: 'timeout' } },
  jobs: { j1: { kind: 'enrich', state: 'running', tenantId: 'globex', createdBy: 'recruiter' } },
};

/** What functions write beside the tenants. */
export const beside: Readonly<Record<string, Readonly<Record<string, Fields>>>> = {
  rotations: { 'signing-keys': { step: 'accept-both' } },
  signingKeys: { s1: { kty: 'EC', status: 'active' } },
};

/** Nothing that functions write: what lies deeper than the rules name, and what the earlier system trusted. */
const strays: Readonly<Record<string, Fields>> = {
  'tenants/acme/unheardOf/x': { secret: true },
  'tenants/acme/jobs/j1/steps/s1': { secret: true },
  'tenants/acme/jobs/j1/jobs/j2': { secret: true },
  'tenants/acme/members/recruiter/secrets/s1': { secret: true },
  'tenants/acme/members/recruiter/members/recruiter': { roles: ['admin'], status: 'active' },
  'unheardOf/x': { secret: true },
  'jobs/j1': { state: 'running' },
  'members/recruiter': { roles: ['admin'], status: 'active' },
  'allowed_users/admin@acme.example': { role: 'admin' },
  'users/recruiter': { role: 'recruiter' },
  'organizations/acme': { name: 'Acme' },
  'unheardOf/x/tenants/acme/jobs/j1': { secret: true },
};

/** Every document there is when a question is asked, by its path. */
export const seed: Readonly<Record<string, Fields>> = {
  ...strays,
  ...Object.fromEntries(
    Object.entries(tenants).flatMap(([tenant, status]) => [
      [`tenants/${tenant}`, { name: tenant, status, limits: { callsPerSecond: 50 } }],
      ...documentsOf(`tenants/${tenant}/`, { members, ...ofTenant }),
    ]),
  ),
  ...Object.fromEntries(documentsOf('', beside)),
};

function documentsOf(prefix: string, collections: Readonly<Record<string, Readonly<Record<string, Fields>>>>) {
  return Object.entries(collections).flatMap(([collection, documents]) =>
    Object.entries(documents).map(([id, fields]): [string, Fields] => [`${prefix}${collection}/${id}`, fields]),
  );
}
