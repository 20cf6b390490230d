import { EnrichmentJob } from '../contract/enrichment-job.ts';
import { TenantId } from '../contract/ids.ts';
import { openFirestore } from '../platform/firestore.ts';
import type { SentJob } from './enrichment-queue.ts';

export interface OverdueJob {
  readonly tenant: TenantId;
  readonly job: SentJob;
}

const Overdue = EnrichmentJob.pick({ jobId: true, run: true, attempts: true, requestId: true });

/** Jobs of any tenant that nobody came for, or whose worker fell silent; the longest overdue first. */
export async function overdueJobs(before: Date, limit: number): Promise<OverdueJob[]> {
  const { docs } = await (await openFirestore())
    .collectionGroup('jobs')
    .where('dueAt', '<', before.toISOString())
    .orderBy('dueAt')
    .limit(limit)
    .get();
  return docs.map((doc) => ({ tenant: TenantId.parse(doc.ref.parent.parent?.id), job: Overdue.parse(doc.data()) }));
}
