import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import type { MemberId } from '../../contract/ids.ts';
import { Email, InvitationView, invitationView, TenantRoles } from '../../contract/member.ts';
import { inviteMember as invite } from '../../domain/admin/invite-member.ts';

export const inviteMember = endpoint({
  id: 'admin.invite-member',
  summary: 'Make the owner of an e-mail address a member, with an account if they have none.',
  route: 'POST /v1/admin/members',
  scope: 'members:write',
  needs: ['members', 'accounts'],
  input: z.strictObject({ email: Email, roles: TenantRoles }),
  output: InvitationView,
  errors: ['member.elsewhere', 'member.own_roles', 'account.unavailable'],
  cache: 'never',
  emits: [],
  effect: 'writes',
  limits: { timeoutSeconds: 30, callsPerSecond: 5 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 20 },
  slo: { p95Ms: 2_000 },
  example: {
    input: { email: 'marina@example.com', roles: ['recruiter'] },
    output: {
      member: {
        uid: 'Zk3n7QbW2yRfT8sVdLm5PcXaHuJ1' as MemberId,
        email: 'marina@example.com',
        roles: ['recruiter'],
        status: 'active',
        createdAt: '2026-01-01T12:00:00.000Z',
        updatedAt: '2026-01-01T12:00:00.000Z',
      },
      outcome: 'invited',
      passwordLink: 'https://example.firebaseapp.com/__/auth/action?mode=resetPassword&oobCode=example',
    },
  },
  handler: async ({ ctx, input }) => invitationView(await invite(ctx, input)),
});
