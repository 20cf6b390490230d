import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { Cursor, Limit, pagesOf } from '../../contract/paging.ts';
import { ProposalView } from '../../contract/title-proposal.ts';
import { proposalExample } from './proposal-example.ts';

const pages = pagesOf('admin.list-title-proposals', z.tuple([z.string().regex(/^\d{1,9}$/)]));

export const listTitleProposals = endpoint({
  id: 'admin.list-title-proposals',
  summary: 'Clusterings of your titles that wait for review or have had it, the newest first.',
  route: 'GET /v1/admin/title-proposals',
  scope: 'occupations:admin',
  needs: ['titleProposals'],
  input: z.strictObject({ limit: Limit.default(10), cursor: Cursor.optional() }),
  output: z.strictObject({ proposals: z.array(ProposalView), nextCursor: z.string().nullable() }),
  errors: ['page.cursor_invalid'],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 10 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 200 },
  example: { input: { limit: 1 }, output: { proposals: [proposalExample], nextCursor: null } },
  handler: async ({ ctx, input }) => {
    const { items, nextCursor } = await pages(
      ctx.caller.tenant,
      input,
      (limit, after) => ctx.titleProposals.list(limit, after && Number(after[0])),
      ({ version }) => [String(version)],
    );
    return { proposals: items, nextCursor };
  },
});
