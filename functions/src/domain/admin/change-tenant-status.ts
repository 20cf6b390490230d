import type { OperatorTools } from '../../context.ts';
import { Problem } from '../../contract/errors.ts';
import { operatorTenant, type TenantId } from '../../contract/ids.ts';
import type { ListedTenant } from '../../stores/tenancies.ts';

/** Every call of the tenant is refused from now on; nothing is lost. @throws Problem `tenant.not_found`, `tenant.conflict` */
export async function suspendTenant({ tenancies }: OperatorTools, tenantId: TenantId): Promise<ListedTenant> {
  if (tenantId === operatorTenant)
    throw new Problem('tenant.conflict', [{ path: 'tenantId', message: 'is the operators’ own' }]);
  await tenancies.move(tenantId, ['active'], 'suspended', 'tenant.suspended');
  return tenancies.byId(tenantId);
}

/** Ends a suspension. @throws Problem `tenant.not_found`, `tenant.conflict` */
export async function resumeTenant({ tenancies }: OperatorTools, tenantId: TenantId): Promise<ListedTenant> {
  await tenancies.move(tenantId, ['suspended'], 'active', 'tenant.resumed');
  return tenancies.byId(tenantId);
}
