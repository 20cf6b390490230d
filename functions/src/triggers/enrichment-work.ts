import { randomUUID } from 'node:crypto';
import { HttpsError } from 'firebase-functions/https';
import { onTaskDispatched } from 'firebase-functions/tasks';
import { secretsFor } from '../config/function-secrets.ts';
import { readConfig, region } from '../config.ts';
import { EnrichmentTask, queues } from '../contract/queues.ts';
import { analystNeeds, analystOf } from '../domain/enrich/analyst.ts';
import { workJob, workNeeds } from '../domain/enrich/work-job.ts';
import { dropAnswers } from '../middleware/answer-cache.ts';
import { asTenant } from '../middleware/as-tenant.ts';
import { report } from '../middleware/report.ts';

const timeoutSeconds = 300;
const limitMs = (timeoutSeconds - 30) * 1_000;

/**
 * Works off the enrichment queue: one attempt of one job for each task. A task that comes too early, or while another worker has the
 * job, is refused, so that the queue brings it again. Cloud Tasks alone may call it, by IAM.
 */
export const enrichmentWork = onTaskDispatched(
  {
    ...queues.enrichmentWork,
    region,
    memory: '1GiB',
    timeoutSeconds,
    concurrency: 4,
    maxInstances: 10,
    secrets: secretsFor({ needs: [...workNeeds, ...analystNeeds], effect: 'writes' }),
  },
  async ({ data }) => {
    const task = EnrichmentTask.safeParse(data);
    // Nothing would make it right, so it must not come again.
    if (!task.success)
      return report('enrichment.task_malformed', 'error', { fields: task.error.issues.map(({ path }) => path) });
    const { tenant, jobId, run, requestId } = task.data;
    const tools = await asTenant(tenant, { by: 'enrichmentWork', requestId }, [...workNeeds, ...analystNeeds]);
    if (!tools) return report('enrichment.tenant_inactive', 'warning', { tenant, jobId });
    const { analyze } = analystOf(tools);
    const settings = { worker: randomUUID(), leaseMs: readConfig().jobLeaseMs, limitMs };
    const worked = await workJob({ ...tools, analyze }, { jobId, run }, settings);
    if (worked.kind === 'later') throw new HttpsError('unavailable', `not before ${Math.ceil(worked.waitMs)} ms`);
    if (worked.kind === 'done') await dropAnswers(tenant, ['candidate.enriched']);
    report(`enrichment.${worked.kind}`, 'info', { tenant, jobId, run });
  },
);
