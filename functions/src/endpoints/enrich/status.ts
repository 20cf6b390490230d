import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { EnrichmentJob, EnrichmentJobId } from '../../contract/enrichment-job.ts';
import { Problem } from '../../contract/errors.ts';
import { exampleJob } from './example-job.ts';

export const status = endpoint({
  id: 'enrich.status',
  summary:
    'How far an enrichment job has come, with every attempt. A web page can listen to the same document in Firestore.',
  route: 'GET /v1/enrich/status/{jobId}',
  scope: 'enrichment:read',
  needs: ['enrichmentJobs'],
  input: z.strictObject({ jobId: EnrichmentJobId }),
  output: z.strictObject({ job: EnrichmentJob }),
  errors: ['enrichment.not_found'],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 50 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 200 },
  example: { input: { jobId: exampleJob.jobId }, output: { job: exampleJob } },
  handler: async ({ ctx, input }) => {
    const job = await ctx.enrichmentJobs.findById(input.jobId);
    if (!job) throw new Problem('enrichment.not_found');
    return { job };
  },
});
