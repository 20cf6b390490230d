import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { Problem } from '../../contract/errors.ts';
import { Cursor, pagesOf } from '../../contract/paging.ts';
import { ProposalId, ProposalView, ProposedCluster, ReviewedEntry } from '../../contract/title-proposal.ts';
import { clusterExample, entryExamples, proposalExample } from './proposal-example.ts';

/** A cluster with its titles and a template is some 20 kB. */
const mostOnPage = 50;
const pages = pagesOf('admin.get-title-proposal', z.tuple([ProposalId, z.string().regex(/^\d{1,9}$/)]));

export const getTitleProposal = endpoint({
  id: 'admin.get-title-proposal',
  summary: 'A clustering of your titles, cluster by cluster: what could be published of it, and what became of that.',
  route: 'GET /v1/admin/title-proposals/{proposalId}',
  scope: 'occupations:admin',
  needs: ['titleProposals'],
  input: z.strictObject({
    proposalId: ProposalId,
    limit: z.int().min(1).max(mostOnPage).default(20).meta({ description: 'Clusters.' }),
    cursor: Cursor.optional(),
  }),
  output: z.strictObject({
    ...ProposalView.shape,
    clusters: z
      .array(z.strictObject({ ...ProposedCluster.shape, entries: z.array(ReviewedEntry) }))
      .meta({ description: 'The cluster with the most uses first.' }),
    nextCursor: z.string().nullable(),
  }),
  errors: ['proposal.not_found', 'page.cursor_invalid'],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 10 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 300 },
  example: {
    input: { proposalId: proposalExample.proposalId, limit: 1 },
    output: { ...proposalExample, clusters: [{ ...clusterExample, entries: entryExamples }], nextCursor: null },
  },
  handler: async ({ ctx, input }) => {
    const { proposalId } = input;
    const proposal = await ctx.titleProposals.findById(proposalId);
    if (!proposal) throw new Problem('proposal.not_found');
    const { items, nextCursor } = await pages(
      ctx.caller.tenant,
      input,
      (limit, after) => {
        if (after && after[0] !== proposalId)
          throw new Problem('page.cursor_invalid', [{ path: 'cursor', message: 'is of another proposal' }]);
        return ctx.titleProposals.clusters(proposalId, limit, after && Number(after[1]));
      },
      ({ cluster }) => [proposalId, String(cluster.cluster)],
    );
    return { ...proposal, clusters: items.map(({ cluster, entries }) => ({ ...cluster, entries })), nextCursor };
  },
});
