import { z } from 'zod';
import { TenantId } from './ids.ts';

/** A tenant as operators see it. */
export const TenantView = z.strictObject({
  tenantId: TenantId,
  name: z.string(),
  status: z.enum(['provisioning', 'active', 'suspended', 'offboarding']),
  /** Null for tenants from before it was kept. */
  createdAt: z.string().nullable(),
});

/** The parts of a tenant that are told. */
export function tenantView(tenant: {
  readonly tenantId: TenantId;
  readonly name: string;
  readonly status: z.infer<typeof TenantView>['status'];
  readonly createdAt?: string | undefined;
}): z.input<typeof TenantView> {
  const { tenantId, name, status, createdAt = null } = tenant;
  return { tenantId, name, status, createdAt };
}

export const exampleTenant = {
  tenantId: 'example-tenant' as TenantId,
  name: 'Exemplo Talentos',
  status: 'active',
  createdAt: '2026-01-01T12:00:00.000Z',
} as const;
