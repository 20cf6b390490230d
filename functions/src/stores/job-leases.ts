import type { Firestore, Transaction } from 'firebase-admin/firestore';
import {
  type EnrichmentJob,
  type EnrichmentJobId,
  type JobAttempt,
  type JobFailureCategory,
  type JobPhases,
  type JobResult,
  mostAttempts,
} from '../contract/enrichment-job.ts';
import type { TenantId } from '../contract/ids.ts';
import { bury, clockOf, holderIn, inTransaction, jobDocument, jobIn, setJob, silenceOf } from './job-documents.ts';
import { attemptLost, begun, ended, remembering } from './job-steps.ts';

/** The right to work on one attempt of a job, until it is lost to another worker. Each answer says whether it was still held. */
export interface JobLease {
  readonly job: EnrichmentJob;
  /** Says that the worker is alive. */
  beat(): Promise<boolean>;
  complete(result: JobResult, phases: JobPhases): Promise<boolean>;
  fail(failure: AttemptFailure, phases: JobPhases): Promise<boolean>;
}

export interface AttemptFailure {
  readonly category: JobFailureCategory;
  /** Names nobody. */
  readonly message: string;
  /** False for what would fail again: it ends the job as `failed`. The last attempt of a run ends it as `dead`. */
  readonly isRetryable: boolean;
  /** Until the next attempt, in milliseconds. */
  readonly retryMs: number;
}

/** What became of asking for a lease: `early` and `held` say how long to wait, at most; `over` is not to be worked on. */
export type Taken =
  | { readonly kind: 'taken'; readonly lease: JobLease }
  | { readonly kind: 'early' | 'held'; readonly waitMs: number }
  | { readonly kind: 'over' };

export interface Taking {
  readonly jobId: EnrichmentJobId;
  readonly run: number;
  /** Tells this worker from every other. */
  readonly worker: string;
  /** After so much silence a worker is taken for lost. */
  readonly leaseMs: number;
}

const lostWorkers = { category: 'worker_lost', message: 'The workers of this job did not come back.' } as const;

/** Takes the next attempt of a run. */
export const takeJob = (tenant: TenantId, { jobId, run, worker, leaseMs }: Taking): Promise<Taken> =>
  inTransaction(async (tx, firestore) => {
    const document = jobDocument(firestore, tenant, jobId);
    const snapshot = await tx.get(document);
    const before = jobIn(snapshot);
    if (before?.run !== run || before.dueAt === null) return { kind: 'over' };
    const now = clockOf(snapshot);
    const [isLost, silentMs] = [before.state === 'processing', silenceOf(snapshot)];
    if (isLost && silentMs < leaseMs) return { kind: 'held', waitMs: leaseMs - silentMs };
    const sinceDueMs = now.getTime() - Date.parse(before.dueAt);
    if (!isLost && sinceDueMs < 0) return { kind: 'early', waitMs: -sinceDueMs };
    const known = isLost ? attemptLost(before, now) : before;
    if (known.attempts >= mostAttempts) {
      bury(tx, firestore, tenant, ended(known, 'dead', lostWorkers, now));
      return { kind: 'over' };
    }
    const job = begun(known, leaseMs, now);
    setJob(tx, document, job, { worker, beats: 0 });
    return { kind: 'taken', lease: leaseOf(tenant, job, { worker, leaseMs, waitedMs: Math.max(0, sinceDueMs) }) };
  });

function leaseOf(
  tenant: TenantId,
  job: EnrichmentJob,
  { worker, leaseMs, waitedMs }: Pick<Taking, 'worker' | 'leaseMs'> & { waitedMs: number },
): JobLease {
  const whileHeld = (work: (tx: Transaction, firestore: Firestore, now: Date, beats: number) => void) =>
    inTransaction(async (tx, firestore) => {
      const snapshot = await tx.get(jobDocument(firestore, tenant, job.jobId));
      const holder = holderIn(snapshot);
      const isSame = snapshot.get('run') === job.run && snapshot.get('attempts') === job.attempts;
      if (holder?.worker !== worker || !isSame) return false;
      work(tx, firestore, clockOf(snapshot), holder.beats);
      return true;
    });
  const asAttempt = (
    outcome: JobAttempt['outcome'],
    category: JobFailureCategory | null,
    phases: JobPhases,
    now: Date,
  ): EnrichmentJob => {
    const { run, attempts: attempt, updatedAt: startedAt } = job;
    const endedAt = now.toISOString();
    return remembering(job, { run, attempt, startedAt, endedAt, waitedMs, phases, outcome, category });
  };
  return {
    job,
    beat: () =>
      whileHeld((tx, firestore, now, beats) => {
        const dueAt = new Date(now.getTime() + leaseMs).toISOString();
        tx.update(jobDocument(firestore, tenant, job.jobId), { dueAt, lease: { worker, beats: beats + 1 } });
      }),
    complete: (result, phases) =>
      whileHeld((tx, firestore, now) => {
        const done = ended(asAttempt('completed', null, phases, now), 'completed', null, now);
        setJob(tx, jobDocument(firestore, tenant, job.jobId), { ...done, result }, null);
      }),
    fail: ({ category, message, isRetryable, retryMs }, phases) =>
      whileHeld((tx, firestore, now) => {
        const [document, error] = [jobDocument(firestore, tenant, job.jobId), { category, message }];
        if (isRetryable && job.attempts < mostAttempts) {
          const dueAt = new Date(now.getTime() + retryMs).toISOString();
          const waiting = asAttempt('retried', category, phases, now);
          setJob(tx, document, { ...waiting, state: 'queued', error, updatedAt: now.toISOString(), dueAt }, null);
        } else if (isRetryable) {
          bury(tx, firestore, tenant, ended(asAttempt('dead', category, phases, now), 'dead', error, now));
        } else {
          setJob(tx, document, ended(asAttempt('failed', category, phases, now), 'failed', error, now), null);
        }
      }),
  };
}
