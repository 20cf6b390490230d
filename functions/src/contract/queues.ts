import { z } from 'zod';
import { EnrichmentJobId } from './enrichment-job.ts';
import { TenantId } from './ids.ts';

/** What a task of the enrichment queue carries; everything else is in the job. */
export const EnrichmentTask = z.strictObject({
  tenant: TenantId,
  jobId: EnrichmentJobId,
  run: z.int().min(1),
  /** Of the call that asked for the run. */
  requestId: z.string().max(200),
});
export type EnrichmentTask = z.infer<typeof EnrichmentTask>;

/**
 * Queues by the function that works them off. Their retries deliver a task again that no worker answered for; when a job is tried
 * again is decided by the job, so there are many of them, soon.
 */
export const queues = {
  enrichmentWork: {
    retryConfig: { maxAttempts: 100, minBackoffSeconds: 1, maxBackoffSeconds: 60, maxDoublings: 6 },
    rateLimits: { maxConcurrentDispatches: 20, maxDispatchesPerSecond: 20 },
  },
} as const;
export type QueueName = keyof typeof queues;
