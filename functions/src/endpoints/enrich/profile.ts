import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { EnrichmentJob } from '../../contract/enrichment-job.ts';
import { CandidateId } from '../../contract/ids.ts';
import { analystNeeds } from '../../domain/enrich/analyst.ts';
import { enrichProfile } from '../../domain/enrich/enrich-profile.ts';
import { workNeeds } from '../../domain/enrich/work-job.ts';
import { exampleJob } from './example-job.ts';

const timeoutSeconds = 60;
/** Longer than the work of a call that waits, which holds no heartbeat beyond its own time. */
const leaseMs = 60_000;

export const profile = endpoint({
  id: 'enrich.profile',
  summary: 'Have a candidate read carefully: career, skills, education and more, every claim with its quote.',
  route: 'POST /v1/enrich/profile',
  scope: 'enrichment:write',
  needs: [...workNeeds, ...analystNeeds],
  input: z.strictObject({
    candidateId: CandidateId,
    async: z.boolean().default(true).meta({
      description:
        'With `false` the call waits for the job, up to 50 s; after that it goes on as if it had been asynchronous.',
    }),
    force: z.boolean().default(false).meta({
      description: 'Do it again though nothing has changed; a job that failed is always begun anew.',
    }),
  }),
  output: z.strictObject({ job: EnrichmentJob }),
  errors: ['candidate.not_found'],
  cache: 'never',
  emits: ['candidate.enriched'],
  effect: 'writes',
  limits: { timeoutSeconds, callsPerSecond: 20 },
  run: { memory: '1GiB', minInstances: 0, concurrency: 8 },
  slo: { p95Ms: 5_000 },
  example: { input: { candidateId: 'example-1' as CandidateId, async: false }, output: { job: exampleJob } },
  handler: async ({ ctx, input }) => ({
    job: await enrichProfile(ctx, input, { worker: randomUUID(), leaseMs, limitMs: (timeoutSeconds - 10) * 1_000 }),
  }),
});
