import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { MemberId } from '../../contract/ids.ts';
import { removeMember as remove } from '../../domain/admin/remove-member.ts';

const example = 'example-recruiter' as MemberId;

export const removeMember = endpoint({
  id: 'admin.remove-member',
  summary: 'End a membership: refused from the next call on, and signed out everywhere.',
  route: 'DELETE /v1/admin/members/{uid}',
  scope: 'members:write',
  needs: ['members', 'accounts'],
  input: z.strictObject({ uid: MemberId }),
  output: z.strictObject({ uid: MemberId, status: z.literal('removed') }),
  errors: ['member.not_found', 'member.own_roles', 'member.last_admin', 'account.unavailable'],
  cache: 'never',
  emits: [],
  effect: 'writes',
  limits: { timeoutSeconds: 30, callsPerSecond: 5 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 20 },
  slo: { p95Ms: 1_500 },
  example: { input: { uid: example }, output: { uid: example, status: 'removed' } },
  handler: async ({ ctx, input: { uid } }) => {
    await remove(ctx, uid);
    return { uid, status: 'removed' as const };
  },
});
