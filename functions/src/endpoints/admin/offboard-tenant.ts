import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { TenantId } from '../../contract/ids.ts';
import { Offboarding, Receipt } from '../../contract/offboarding.ts';
import { exampleTenant } from '../../contract/tenant.ts';
import { drainSeconds, offboardTenant as offboard } from '../../domain/admin/offboard-tenant.ts';

const { tenantId } = exampleTenant;
const timeoutSeconds = 300;
/** Between two steps, none of which takes longer than the rest. */
const workSeconds = 120;

export const offboardTenant = endpoint({
  id: 'admin.offboard-tenant',
  summary: 'Close a tenant, export it, erase it everywhere and file a receipt; call again until there is one.',
  route: 'POST /v1/admin/tenants/{tenantId}/offboard',
  scope: 'tenants:write',
  needs: ['operator'],
  input: z.strictObject({
    tenantId: TenantId,
    confirm: z.string().max(64).describe('The id once more: what is erased does not come back.'),
  }),
  output: z.strictObject({
    tenantId: TenantId,
    state: Offboarding.shape.state.describe(
      `\`draining\` for ${drainSeconds} seconds after the first call, since calls under way may still write.`,
    ),
    files: z.int().min(0).describe('How many files have been exported.'),
    receipt: Receipt.nullable().describe('There when every store was seen to be empty; until then call again.'),
  }),
  errors: ['tenant.not_found', 'tenant.conflict', 'export.unavailable', 'account.unavailable'],
  cache: 'never',
  emits: [],
  effect: 'writes',
  limits: { timeoutSeconds, callsPerSecond: 1 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 1 },
  slo: { p95Ms: 200_000 },
  example: {
    input: { tenantId, confirm: tenantId },
    output: { tenantId, state: 'draining', files: 0, receipt: null },
  },
  handler: async ({ ctx, input }) => {
    const until = ctx.now.getTime() + workSeconds * 1_000;
    const request = { ...input, requestedBy: ctx.caller.actor };
    const pace = { isTimeUp: () => ctx.signal.aborted || Date.now() > until, drainSeconds };
    const { state, parts, receipt = null } = await offboard(ctx.operator, request, pace);
    return { tenantId: input.tenantId, state, files: parts.length, receipt };
  },
});
