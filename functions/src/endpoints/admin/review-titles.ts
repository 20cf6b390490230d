import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { EcoId } from '../../contract/ids.ts';
import { EntryId, ProposalId } from '../../contract/title-proposal.ts';
import { reviewTitles as review } from '../../domain/titles/review-titles.ts';
import { proposalExample } from './proposal-example.ts';

const Decision = z.strictObject({
  entryId: EntryId,
  verdict: z.enum(['publish', 'reject']),
  ecoId: EcoId.optional().describe('Published for this occupation, in place of the one proposed.'),
});

export const reviewTitles = endpoint({
  id: 'admin.review-titles',
  summary:
    'Publishes and rejects entries of a clustering of your titles, all or none: names and templates become your organisation’s own at once.',
  route: 'POST /v1/admin/title-proposals/{proposalId}/review',
  scope: 'occupations:admin',
  needs: ['titleProposals', 'taxonomy'],
  input: z.strictObject({
    proposalId: ProposalId,
    decisions: z
      .array(Decision)
      .min(1)
      .max(100)
      .refine((all) => new Set(all.map(({ entryId }) => entryId)).size === all.length, 'name each entry once'),
  }),
  output: z.strictObject({
    proposalId: ProposalId,
    published: z.array(z.strictObject({ entryId: EntryId, ecoId: EcoId })),
    rejected: z.array(EntryId),
  }),
  errors: [
    'proposal.not_found',
    'proposal.superseded',
    'proposal.entry_decided',
    'proposal.not_publishable',
    'occupation.not_found',
    'occupation.aliases_full',
  ],
  cache: 'never',
  emits: ['occupation.changed'],
  effect: 'writes',
  limits: { timeoutSeconds: 20, callsPerSecond: 5 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 500 },
  example: {
    input: {
      proposalId: proposalExample.proposalId,
      decisions: [
        { entryId: 'c1.a1', verdict: 'publish' },
        { entryId: 'c1.template', verdict: 'reject' },
      ],
    },
    output: {
      proposalId: proposalExample.proposalId,
      published: [{ entryId: 'c1.a1', ecoId: 'own:backend-engineer' as EcoId }],
      rejected: ['c1.template'],
    },
  },
  handler: async ({ ctx, input: { proposalId, decisions } }) => {
    const { aliases, templates, rejected } = await review(ctx, proposalId, decisions);
    const published = [...aliases, ...templates].map(({ entryId, ecoId }) => ({ entryId, ecoId }));
    return { proposalId, published, rejected };
  },
});
