import { enrichmentQueueOf } from '../stores/enrichment-queue.ts';
import { overdueJobs } from '../stores/overdue-jobs.ts';

/** What is due is given so long to be come for by itself. */
const graceMs = 60_000;
const mostAtOnce = 500;

/**
 * Sends again for every enrichment job that nobody came for: its task was never taken by the queue, or its worker was lost and
 * its deliveries are used up. Whoever is sent looks at the job itself, so that one too many does no harm.
 */
export async function resendOverdueJobs(now: Date): Promise<{ readonly overdue: number; readonly sent: number }> {
  const overdue = await overdueJobs(new Date(now.getTime() - graceMs), mostAtOnce);
  let sent = 0;
  for (const { tenant, job } of overdue)
    if (await enrichmentQueueOf(tenant).send(job, 0, `${Math.floor(now.getTime() / graceMs)}`)) sent += 1;
  return { overdue: overdue.length, sent };
}
