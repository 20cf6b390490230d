import type { Caller } from '../context.ts';
import { Problem } from '../contract/errors.ts';
import type { Scope } from '../contract/scopes.ts';
import { findTenant } from '../stores/tenants.ts';

/** Refuses a caller whose tenant is not the one asked for, or not active. @throws Problem `tenant.mismatch`, `tenant.inactive` */
export async function admitTenant(caller: Caller, tenantHeader: string | undefined): Promise<void> {
  if (tenantHeader !== undefined && tenantHeader !== caller.tenant) throw new Problem('tenant.mismatch');
  const tenant = await findTenant(caller.tenant);
  if (tenant?.status !== 'active') throw new Problem('tenant.inactive');
}

/** @throws Problem `auth.scope_missing` */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.has(scope))
    throw new Problem('auth.scope_missing', [{ path: 'scope', message: `needs ${scope}` }]);
}
