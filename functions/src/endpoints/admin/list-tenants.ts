import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { TenantId } from '../../contract/ids.ts';
import { Cursor, decodeCursor, encodeCursor, Limit } from '../../contract/paging.ts';
import { exampleTenant, TenantView, tenantView } from '../../contract/tenant.ts';

const Position = z.tuple([TenantId]);

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
  handler: async ({ ctx, input: { limit, cursor } }) => {
    const { tenant } = ctx.caller;
    const [after] = cursor ? decodeCursor(tenant, 'admin.list-tenants', cursor, Position) : [];
    const found = await ctx.operator.tenancies.list(limit + 1, after);
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      tenants: page.map(tenantView),
      nextCursor: last && found.length > limit ? encodeCursor(tenant, 'admin.list-tenants', [last.tenantId]) : null,
    };
  },
});
