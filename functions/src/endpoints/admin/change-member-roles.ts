import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { MemberId } from '../../contract/ids.ts';
import { MemberView, memberView, TenantRoles } from '../../contract/member.ts';
import { changeMemberRoles as change } from '../../domain/admin/change-member-roles.ts';

const example = 'example-recruiter' as MemberId;

export const changeMemberRoles = endpoint({
  id: 'admin.change-member-roles',
  summary: 'Give a member other roles: felt at their next call, and gained when they sign in again.',
  route: 'POST /v1/admin/members/{uid}/roles',
  scope: 'members:write',
  needs: ['members', 'accounts'],
  input: z.strictObject({ uid: MemberId, roles: TenantRoles }),
  output: z.strictObject({ member: MemberView }),
  errors: ['member.not_found', 'member.own_roles', 'member.last_admin', 'member.elsewhere', 'account.unavailable'],
  cache: 'never',
  emits: [],
  effect: 'writes',
  limits: { timeoutSeconds: 30, callsPerSecond: 5 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 20 },
  slo: { p95Ms: 1_500 },
  example: {
    input: { uid: example, roles: ['recruiter', 'auditor'] },
    output: {
      member: {
        uid: example,
        email: 'marina@example.com',
        roles: ['recruiter', 'auditor'],
        status: 'active',
        createdAt: '2026-01-01T12:00:00.000Z',
        updatedAt: '2026-01-02T12:00:00.000Z',
      },
    },
  },
  handler: async ({ ctx, input: { uid, roles } }) => ({ member: memberView(await change(ctx, uid, roles)) }),
});
