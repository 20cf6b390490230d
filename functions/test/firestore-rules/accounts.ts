import { type Account, account } from './seed.ts';

const claims = (tenantId: unknown, ...roles: unknown[]) => ({ tenantId, roles });
export const recruiter = account('recruiter', claims('acme', 'recruiter'));
export const admin = account('admin', claims('acme', 'admin'));
export const auditor = account('auditor', claims('acme', 'auditor'));

/** Who stands before every collection, and whose tenant's. */
export const everybody = {
  'the recruiter': { account: recruiter, tenant: 'acme' },
  'the admin': { account: admin, tenant: 'acme' },
  'the auditor': { account: auditor, tenant: 'acme' },
  'somebody not signed in': { account: undefined, tenant: 'acme' },
  'a stranger without claims': { account: account('stranger'), tenant: 'acme' },
  'the admin of another tenant': { account: account('admin', claims('globex', 'admin')), tenant: 'acme' },
  'the operator': { account: account('operator', claims('headhunter', 'operator')), tenant: 'acme' },
  'the operator in their own tenant': {
    account: account('operator', claims('headhunter', 'operator')),
    tenant: 'headhunter',
  },
  'a removed admin whose token still holds': { account: account('former', claims('acme', 'admin')), tenant: 'acme' },
  'the admin of a suspended tenant': { account: account('admin', claims('paused', 'admin')), tenant: 'paused' },
} as const satisfies Readonly<Record<string, { account: Account | undefined; tenant: string }>>;

/** Those to whom a tenant is closed although something speaks for them, and which tenant. */
export const nearly: Readonly<Record<string, { account: Account; tenant: string }>> = {
  'an admin whose token has no claims yet': { account: account('admin'), tenant: 'acme' },
  'a member who is neither active nor removed': {
    account: account('halfway', claims('acme', 'admin')),
    tenant: 'acme',
  },
  'somebody with claims who never was a member': {
    account: account('nobody', claims('acme', 'admin')),
    tenant: 'acme',
  },
  'the admin of a tenant still provisioning': { account: account('admin', claims('begun', 'admin')), tenant: 'begun' },
  'the admin of a tenant being offboarded': {
    account: account('admin', claims('leaving', 'admin')),
    tenant: 'leaving',
  },
  'the admin of a tenant that does not exist': {
    account: account('admin', claims('nowhere', 'admin')),
    tenant: 'nowhere',
  },
  'an anonymous account with an admin’s claims': {
    account: { uid: 'admin', token: { ...claims('acme', 'admin'), firebase: { sign_in_provider: 'anonymous' } } },
    tenant: 'acme',
  },
  'an admin whose e-mail is not verified': {
    account: { uid: 'admin', token: { ...claims('acme', 'admin'), email_verified: false } },
    tenant: 'acme',
  },
};

/** Claims that are nearly acme's, all of somebody whose document says administrator. */
export const crookedClaims: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'a list of tenants': claims(['acme'], 'admin'),
  'a list of two tenants': claims(['globex', 'acme'], 'admin'),
  'a map of tenants': claims({ acme: true }, 'admin'),
  'a number': claims(1, 'admin'),
  true: claims(true, 'admin'),
  null: claims(null, 'admin'),
  nothing: claims('', 'admin'),
  'any tenant by a star': claims('*', 'admin'),
  'any tenant by a pattern': claims('.*', 'admin'),
  'acme in capitals': claims('ACME', 'admin'),
  'acme and a blank': claims('acme ', 'admin'),
  'the beginning of acme': claims('acm', 'admin'),
  'acme and a path': claims('acme/jobs/j1', 'admin'),
  'a path that leads back to acme': claims('globex/../acme', 'admin'),
  'acme under the earlier name org_id': { org_id: 'acme', role: 'admin', roles: ['admin'] },
  'acme under the earlier name organization_id': { organization_id: 'acme', role: 'admin', roles: ['admin'] },
  'acme under a name in snake case': { tenant_id: 'acme', roles: ['admin'] },
};

/** Members of acme who are no administrators, though the token, or the document, or neither quite, says so. */
export const pretenders: Readonly<Record<string, Account>> = {
  'a recruiter whose token says administrator': account('recruiter', claims('acme', 'admin')),
  'a colleague whose token does not say administrator yet': account('colleague', claims('acme', 'recruiter')),
  'an administrator whose token names no roles': account('admin', { tenantId: 'acme' }),
  'an administrator whose token names one role as text': account('admin', { tenantId: 'acme', roles: 'admin' }),
  'an administrator whose token names roles as a map': account('admin', { tenantId: 'acme', roles: { admin: true } }),
  'an administrator whose token names roles in a nested list': account('admin', claims('acme', ['admin'])),
  'an administrator whose token says role and not roles': account('admin', { tenantId: 'acme', role: 'admin' }),
  'a member whose document names roles as a map': account('map-of-roles', claims('acme', 'admin')),
  'a member whose document names no role': account('no-roles', claims('acme', 'admin')),
  'an operator outside the operator’s tenant': account('operator', claims('acme', 'operator')),
  'a member of two roles, one in the token and another in the document': account(
    'auditor',
    claims('acme', 'admin', 'recruiter'),
  ),
};
