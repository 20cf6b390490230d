import { z } from 'zod';
import { ApiKeyView, keyAsOf, OAuthClientView, ShownOnce } from '../../contract/credential-view.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { type MemberId, TenantId } from '../../contract/ids.ts';
import { Email, InvitationView, invitationView } from '../../contract/member.ts';
import { exampleTenant, TenantView, tenantView } from '../../contract/tenant.ts';
import { text } from '../../contract/text.ts';
import { createTenant as create } from '../../domain/admin/create-tenant.ts';

export const createTenant = endpoint({
  id: 'admin.create-tenant',
  summary: 'Make a tenant with its first administrator; the same call again goes on where one stopped.',
  route: 'POST /v1/admin/tenants',
  scope: 'tenants:write',
  needs: ['operator'],
  input: z.strictObject({
    tenantId: TenantId,
    name: text(1, 200),
    adminEmail: Email,
    dedicatedPartitions: z
      .boolean()
      .default(false)
      .describe('Partitions and indexes of its own from the first day, for a tenant that is known to be large.'),
    credentials: z.boolean().default(true).describe('Whether it begins with an API key and an OAuth client.'),
  }),
  output: z.strictObject({
    tenant: TenantView,
    admin: InvitationView.nullable(),
    credentials: z
      .strictObject({ key: ShownOnce, apiKey: ApiKeyView, clientSecret: ShownOnce, client: OAuthClientView })
      .nullable()
      .describe('The first key and client; null when none were asked for, or when the tenant was complete before.'),
  }),
  errors: ['tenant.conflict', 'member.elsewhere', 'account.unavailable'],
  cache: 'never',
  emits: [],
  effect: 'writes',
  limits: { timeoutSeconds: 60, callsPerSecond: 2 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 10 },
  slo: { p95Ms: 5_000 },
  example: {
    input: {
      tenantId: exampleTenant.tenantId,
      name: exampleTenant.name,
      adminEmail: 'marina@example.com',
      credentials: false,
    },
    output: {
      tenant: exampleTenant,
      admin: {
        member: {
          uid: 'Zk3n7QbW2yRfT8sVdLm5PcXaHuJ1' as MemberId,
          email: 'marina@example.com',
          roles: ['admin'],
          status: 'active',
          createdAt: '2026-01-01T12:00:00.000Z',
          updatedAt: '2026-01-01T12:00:00.000Z',
        },
        outcome: 'invited',
        passwordLink: 'https://example.firebaseapp.com/__/auth/action?mode=resetPassword&oobCode=example',
      },
      credentials: null,
    },
  },
  handler: async ({ ctx, input }) => {
    const { tenant, invitation, credentials } = await create(ctx.operator, input);
    return {
      tenant: tenantView(tenant),
      admin: invitation && invitationView(invitation),
      credentials: credentials && {
        ...credentials,
        apiKey: keyAsOf(credentials.apiKey, ctx.now),
      },
    };
  },
});
