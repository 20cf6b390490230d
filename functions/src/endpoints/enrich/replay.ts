import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { EnrichmentJob, EnrichmentJobId } from '../../contract/enrichment-job.ts';
import { replayJobs } from '../../domain/enrich/replay-jobs.ts';
import { exampleJob } from './example-job.ts';

export const replay = endpoint({
  id: 'enrich.replay',
  summary: 'Begin jobs anew that failed or were given up: those named, or the oldest of one state.',
  route: 'POST /v1/enrich/replay',
  scope: 'enrichment:write',
  needs: ['enrichmentJobs', 'enrichmentQueue'],
  input: z
    .strictObject({
      jobIds: z.array(EnrichmentJobId).min(1).max(100).optional(),
      state: z.enum(['failed', 'dead']).optional(),
      limit: z.int().min(1).max(100).default(50).meta({ description: 'With `state`: so many at once.' }),
    })
    .refine(({ jobIds, state }) => (jobIds === undefined) !== (state === undefined), {
      path: ['jobIds'],
      message: 'name either `jobIds` or a `state`',
    }),
  output: z.strictObject({
    replayed: z.array(EnrichmentJob),
    skipped: z.array(EnrichmentJobId).meta({ description: 'Not there, under way, or completed.' }),
  }),
  errors: [],
  cache: 'never',
  emits: [],
  effect: 'writes',
  limits: { timeoutSeconds: 30, callsPerSecond: 2 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 10 },
  slo: { p95Ms: 3_000 },
  example: {
    input: { jobIds: [exampleJob.jobId] },
    output: { replayed: [{ ...exampleJob, state: 'queued', run: 2, attempts: 0 }], skipped: [] },
  },
  handler: ({ ctx, input }) => replayJobs(ctx, input),
});
