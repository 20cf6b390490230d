import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { TenantId } from '../../contract/ids.ts';
import { Cursor, Limit, pagesOf } from '../../contract/paging.ts';
import { exampleTenant, TenantView, tenantView } from '../../contract/tenant.ts';

const pages = pagesOf('admin.list-tenants', z.tuple([TenantId]));

export const listTenants = endpoint({
  id: 'admin.list-tenants',
  summary: 'Every tenant and its state, page by page.',
  route: 'GET /v1/admin/tenants',
  scope: 'tenants:read',
  needs: ['operator'],
  input: z.strictObject({ limit: Limit.default(50), cursor: Cursor.optional() }),
  output: z.strictObject({ tenants: z.array(TenantView), nextCursor: z.string().nullable() }),
  errors: ['page.cursor_invalid'],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 5 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 10 },
  slo: { p95Ms: 500 },
  example: { input: { limit: 1 }, output: { tenants: [exampleTenant], nextCursor: null } },
  handler: async ({ ctx, input }) => {
    const { items, nextCursor } = await pages(
      ctx.caller.tenant,
      input,
      (limit, after) => ctx.operator.tenancies.list(limit, after?.[0]),
      ({ tenantId }) => [tenantId],
    );
    return { tenants: items.map(tenantView), nextCursor };
  },
});
