import type { Query } from 'firebase-admin/firestore';
import type { Attribution } from '../context.ts';
import type { EnrichmentJob, EnrichmentJobId, JobState } from '../contract/enrichment-job.ts';
import type { CandidateId, TenantId } from '../contract/ids.ts';
import { openFirestore } from '../platform/firestore.ts';
import { clockOf, jobDocument, jobIn, letterDocument, setJob } from './job-documents.ts';
import { type Taken, type Taking, takeJob } from './job-leases.ts';
import { type Ask, nextRun, unasked } from './job-steps.ts';
import { changeWithAudit } from './ledger.ts';

/** Where a list of jobs goes on: the last job's `createdAt` and id. */
export type JobPosition = readonly [createdAt: string, jobId: string];

export interface JobFilter {
  readonly state?: JobState | undefined;
  readonly candidateId?: CandidateId | undefined;
}

/** `isNew` where somebody has to be sent to work on it. */
export interface Asked {
  readonly job: EnrichmentJob;
  readonly isNew: boolean;
}

/** The tenant's enrichment jobs: `tenants/{tenant}/jobs`, where members may listen to them, and `deadLetters`. */
export interface EnrichmentJobs {
  /** Begins a run, unless one is under way or, without `force`, was completed: then the job as it is. */
  ask(ask: Ask, force: boolean): Promise<Asked>;
  findById(jobId: EnrichmentJobId): Promise<EnrichmentJob | null>;
  /** Latest first. */
  list(filter: JobFilter, limit: number, after?: JobPosition): Promise<EnrichmentJob[]>;
  /** Begins a new run of each that is failed or dead, in one change; the others are left as they are and not returned. */
  replay(jobIds: readonly EnrichmentJobId[]): Promise<EnrichmentJob[]>;
  take(taking: Taking): Promise<Taken>;
}

const mayBeAskedFor = ({ state }: EnrichmentJob, force: boolean) =>
  state === 'failed' || state === 'dead' || (state === 'completed' && force);

export function enrichmentJobsOf(tenant: TenantId, by: Attribution): EnrichmentJobs {
  return {
    take: (taking) => takeJob(tenant, taking),

    ask: (ask, force) =>
      changeWithAudit<Asked>(tenant, by, async (tx, firestore) => {
        const document = jobDocument(firestore, tenant, ask.jobId);
        const snapshot = await tx.get(document);
        const before = jobIn(snapshot);
        if (before && !mayBeAskedFor(before, force)) return { result: { job: before, isNew: false }, entry: null };
        const now = clockOf(snapshot);
        const job = nextRun(before ?? unasked(ask, now), by.requestId, now);
        setJob(tx, document, job, null);
        if (before?.state === 'dead')
          tx.update(letterDocument(firestore, tenant, before), { replayedAt: job.updatedAt });
        const details = { jobId: job.jobId, run: job.run };
        const entry = { action: 'enrichment.asked', subjects: [job.candidateId], details };
        return { result: { job, isNew: true }, entry };
      }),

    async findById(jobId) {
      return jobIn(await jobDocument(await openFirestore(), tenant, jobId).get());
    },

    async list({ state, candidateId }, limit, after) {
      let query: Query = (await openFirestore()).collection(`tenants/${tenant}/jobs`);
      if (state) query = query.where('state', '==', state);
      if (candidateId) query = query.where('candidateId', '==', candidateId);
      query = query.orderBy('createdAt', 'desc').orderBy('jobId', 'desc').limit(limit);
      const { docs } = await (after ? query.startAfter(...after) : query).get();
      return docs.flatMap((doc) => jobIn(doc) ?? []);
    },

    replay: (jobIds) =>
      changeWithAudit(tenant, by, async (tx, firestore) => {
        const documents = jobIds.map((jobId) => jobDocument(firestore, tenant, jobId));
        const found = documents.length > 0 ? await tx.getAll(...documents) : [];
        const revived = found.flatMap((snapshot) => {
          const before = jobIn(snapshot);
          if (!before || !mayBeAskedFor(before, false)) return [];
          const job = nextRun(before, by.requestId, clockOf(snapshot));
          setJob(tx, snapshot.ref, job, null);
          if (before.state === 'dead')
            tx.update(letterDocument(firestore, tenant, before), { replayedAt: job.updatedAt });
          return [job];
        });
        if (revived.length === 0) return { result: revived, entry: null };
        const subjects = [...new Set(revived.map(({ candidateId }) => candidateId))];
        return {
          result: revived,
          entry: { action: 'enrichment.replayed', subjects, details: { jobs: revived.length } },
        };
      }),
  };
}
