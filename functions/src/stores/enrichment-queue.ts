import type { EnrichmentJob } from '../contract/enrichment-job.ts';
import type { TenantId } from '../contract/ids.ts';
import type { EnrichmentTask } from '../contract/queues.ts';
import { log } from '../platform/log.ts';
import { enqueueTask } from '../platform/task-queue.ts';

/** How long a worker has for one delivery, in seconds. */
export const deliverySeconds = 300;

export type SentJob = Pick<EnrichmentJob, 'jobId' | 'run' | 'attempts' | 'requestId'>;

export interface EnrichmentQueue {
  /**
   * Sends somebody to work on a run, in `delayMs` from now. The same attempt is sent for once, unless `again` tells this time from
   * the others. False when the queue did not take it: the sweep finds the job then.
   */
  send(job: SentJob, delayMs: number, again?: string): Promise<boolean>;
}

export function enrichmentQueueOf(tenant: TenantId): EnrichmentQueue {
  return {
    async send({ jobId, run, attempts, requestId }, delayMs, again) {
      const task: EnrichmentTask = { tenant, jobId, run, requestId };
      const id = [tenant, jobId, run, attempts, ...(again === undefined ? [] : [again])].join('-');
      const delaySeconds = Math.ceil(delayMs / 1_000);
      try {
        await enqueueTask('enrichmentWork', task, { id, delaySeconds, deadlineSeconds: deliverySeconds });
        return true;
      } catch (cause) {
        log('warning', 'enrichment.not_sent', { tenant, jobId, cause: (cause as Error).message });
        return false;
      }
    },
  };
}
