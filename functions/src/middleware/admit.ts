import type { Caller } from '../context.ts';
import { Problem } from '../contract/errors.ts';
import type { Scope } from '../contract/scopes.ts';
import { findTenant, type Tenant } from '../stores/tenants.ts';

/** The caller's tenant; refused when it is not the one asked for, or not active. @throws Problem `tenant.mismatch`, `tenant.inactive` */
export async function admitTenant(caller: Caller, tenantHeader: string | undefined): Promise<Tenant> {
  if (tenantHeader !== undefined && tenantHeader !== caller.tenant) throw new Problem('tenant.mismatch');
  const tenant = await findTenant(caller.tenant);
  if (tenant?.status !== 'active') throw new Problem('tenant.inactive');
  return tenant;
}

/** @throws Problem `auth.scope_missing` */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.has(scope))
    throw new Problem('auth.scope_missing', [{ path: 'scope', message: `needs ${scope}` }]);
}
