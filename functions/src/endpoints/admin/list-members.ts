import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { MemberId } from '../../contract/ids.ts';
import { MemberView, memberView } from '../../contract/member.ts';
import { Cursor, Limit, pagesOf } from '../../contract/paging.ts';

const pages = pagesOf('admin.list-members', z.tuple([MemberId]));

export const listMembers = endpoint({
  id: 'admin.list-members',
  summary: 'Who belongs to your tenant, and who did, page by page.',
  route: 'GET /v1/admin/members',
  scope: 'members:read',
  needs: ['members'],
  input: z.strictObject({ limit: Limit.default(50), cursor: Cursor.optional() }),
  output: z.strictObject({ members: z.array(MemberView), nextCursor: z.string().nullable() }),
  errors: ['page.cursor_invalid'],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 10 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 500 },
  example: {
    input: { limit: 1 },
    output: {
      members: [
        {
          uid: 'Zk3n7QbW2yRfT8sVdLm5PcXaHuJ1' as MemberId,
          email: 'marina@example.com',
          roles: ['admin'],
          status: 'active',
          createdAt: '2026-01-01T12:00:00.000Z',
          updatedAt: '2026-01-01T12:00:00.000Z',
        },
      ],
      nextCursor: null,
    },
  },
  handler: async ({ ctx, input }) => {
    const { items, nextCursor } = await pages(
      ctx.caller.tenant,
      input,
      (limit, after) => ctx.members.list(limit, after?.[0]),
      ({ uid }) => [uid],
    );
    return { members: items.map(memberView), nextCursor };
  },
});
