import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { TenantId } from '../../contract/ids.ts';
import { exampleTenant, TenantView, tenantView } from '../../contract/tenant.ts';
import { suspendTenant as suspend } from '../../domain/admin/change-tenant-status.ts';

export const suspendTenant = endpoint({
  id: 'admin.suspend-tenant',
  summary: 'Refuse every call of a tenant from now on; nothing is lost.',
  route: 'POST /v1/admin/tenants/{tenantId}/suspend',
  scope: 'tenants:write',
  needs: ['operator'],
  input: z.strictObject({ tenantId: TenantId }),
  output: z.strictObject({ tenant: TenantView }),
  errors: ['tenant.not_found', 'tenant.conflict'],
  cache: 'never',
  emits: [],
  effect: 'writes',
  limits: { timeoutSeconds: 30, callsPerSecond: 2 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 10 },
  slo: { p95Ms: 2_000 },
  example: {
    input: { tenantId: exampleTenant.tenantId },
    output: { tenant: { ...exampleTenant, status: 'suspended' } },
  },
  handler: async ({ ctx, input: { tenantId } }) => ({ tenant: tenantView(await suspend(ctx.operator, tenantId)) }),
});
