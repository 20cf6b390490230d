import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { EnrichmentJob, EnrichmentJobId, JobState } from '../../contract/enrichment-job.ts';
import { CandidateId } from '../../contract/ids.ts';
import { Cursor, Limit, pagesOf } from '../../contract/paging.ts';
import { exampleJob } from './example-job.ts';

const pages = pagesOf('enrich.jobs', z.tuple([z.iso.datetime(), EnrichmentJobId]));

export const jobs = endpoint({
  id: 'enrich.jobs',
  summary: 'The enrichment jobs of your tenant page by page, the latest first.',
  route: 'GET /v1/enrich/jobs',
  scope: 'enrichment:read',
  needs: ['enrichmentJobs'],
  input: z.strictObject({
    state: JobState.optional(),
    candidateId: CandidateId.optional(),
    limit: Limit.default(50),
    cursor: Cursor.optional(),
  }),
  output: z.strictObject({ jobs: z.array(EnrichmentJob), nextCursor: z.string().nullable() }),
  errors: ['page.cursor_invalid'],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 20 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 500 },
  example: { input: { state: 'completed', limit: 1 }, output: { jobs: [exampleJob], nextCursor: null } },
  handler: async ({ ctx, input: { state, candidateId, ...page } }) => {
    const { items, nextCursor } = await pages(
      ctx.caller.tenant,
      page,
      (limit, after) => ctx.enrichmentJobs.list({ state, candidateId }, limit, after),
      ({ createdAt, jobId }) => [createdAt, jobId],
    );
    return { jobs: [...items], nextCursor };
  },
});
