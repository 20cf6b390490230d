import {
  type DeadLetter,
  type EnrichmentJob,
  type JobAttempt,
  type JobState,
  mostAttempts,
  mostRemembered,
} from '../contract/enrichment-job.ts';

/** What is asked to be done. */
export type Ask = Pick<EnrichmentJob, 'jobId' | 'candidateId' | 'contentHash' | 'analyst'>;

/** A job nobody has asked for before, as it is before its first run. */
export function unasked(ask: Ask, now: Date): EnrichmentJob {
  const at = now.toISOString();
  const nothingYet = {
    state: 'queued',
    run: 0,
    attempts: 0,
    dueAt: null,
    error: null,
    history: [],
    result: null,
  } as const;
  return { ...ask, ...nothingYet, history: [], createdAt: at, updatedAt: at, requestId: '' };
}

/** Its next run, due at once. */
export function nextRun(job: EnrichmentJob, requestId: string, now: Date): EnrichmentJob {
  const at = now.toISOString();
  return { ...job, state: 'queued', run: job.run + 1, attempts: 0, updatedAt: at, dueAt: at, error: null, requestId };
}

/** Its next attempt, which may be given up after `leaseMs` of silence. */
export function begun(job: EnrichmentJob, leaseMs: number, now: Date): EnrichmentJob {
  const dueAt = new Date(now.getTime() + leaseMs).toISOString();
  return { ...job, state: 'processing', attempts: job.attempts + 1, updatedAt: now.toISOString(), dueAt };
}

export const remembering = (job: EnrichmentJob, attempt: JobAttempt): EnrichmentJob => ({
  ...job,
  history: [...job.history, attempt].slice(-mostRemembered),
});

/** As it is when the worker of its latest attempt is taken for lost. */
export function attemptLost(job: EnrichmentJob, now: Date): EnrichmentJob {
  const { run, attempts, updatedAt } = job;
  return remembering(job, {
    run,
    attempt: attempts,
    startedAt: updatedAt,
    endedAt: now.toISOString(),
    waitedMs: 0,
    phases: {},
    outcome: attempts >= mostAttempts ? 'dead' : 'retried',
    category: 'worker_lost',
  });
}

export const ended = (
  job: EnrichmentJob,
  state: Extract<JobState, 'completed' | 'failed' | 'dead'>,
  error: EnrichmentJob['error'],
  now: Date,
): EnrichmentJob => ({ ...job, state, error, updatedAt: now.toISOString(), dueAt: null });

/** What is kept of a run that died. */
export function deadLetterOf({ jobId, run, candidateId, attempts, error, updatedAt }: EnrichmentJob): DeadLetter {
  const { category, message } = error ?? { category: 'internal', message: '' };
  return { jobId, run, candidateId, category, message, attempts, diedAt: updatedAt, replayedAt: null };
}
