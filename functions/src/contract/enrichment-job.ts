import { z } from 'zod';
import { CandidateId } from './ids.ts';

export const EnrichmentJobId = z
  .string()
  .regex(/^enr_[0-9a-f]{24}$/, 'must be an id such as enr_0123456789abcdef01234567')
  .brand<'EnrichmentJobId'>();
export type EnrichmentJobId = z.infer<typeof EnrichmentJobId>;

/** `failed` would fail again as it stands; `dead` was tried as often as is sensible. Both may be asked for anew. */
export const jobStates = ['queued', 'processing', 'completed', 'failed', 'dead'] as const;
export const JobState = z.enum(jobStates);
export type JobState = z.infer<typeof JobState>;

/** What stood in the way of a job. */
export const jobFailureCategories = [
  'candidate_missing',
  'candidate_changed',
  'nothing_to_read',
  'timeout',
  'rate_limited',
  'provider_unavailable',
  'provider_refused',
  'provider_answer',
  'budget_exhausted',
  'store_unavailable',
  'worker_lost',
  'internal',
] as const;
export const JobFailureCategory = z.enum(jobFailureCategories);
export type JobFailureCategory = z.infer<typeof JobFailureCategory>;

/** How long each part of an attempt took, in milliseconds; a part that was not reached is absent. */
export const JobPhases = z.strictObject({
  readMs: z.number().min(0).optional(),
  analyzeMs: z.number().min(0).optional(),
  storeMs: z.number().min(0).optional(),
});
export type JobPhases = z.infer<typeof JobPhases>;

export const JobAttempt = z.strictObject({
  run: z.int().min(1),
  attempt: z.int().min(1),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  /** From being due to being begun. */
  waitedMs: z.number().min(0),
  phases: JobPhases,
  outcome: z.enum(['completed', 'retried', 'failed', 'dead']),
  category: JobFailureCategory.nullable(),
});
export type JobAttempt = z.infer<typeof JobAttempt>;

/** What a completed job made. */
export const JobResult = z.strictObject({
  provider: z.string(),
  model: z.string(),
  promptVersion: z.string(),
  /** `contentHash` of the candidate as they were read: another than the job's where they were changed meanwhile. */
  contentHash: z.string(),
  claims: z.int().min(0),
  unsupported: z.int().min(0),
  analysisConfidence: z.number().min(0).max(1),
  costMicros: z.int().min(0),
});
export type JobResult = z.infer<typeof JobResult>;

/** The most attempts of one run, a worker that was lost among them. */
export const mostAttempts = 5;
/** Attempts that are remembered, of the latest runs. */
export const mostRemembered = 20;

/**
 * The work of enriching one candidate as they are, by one analyst. A job has runs: the first, and one for each time that it was
 * asked for again after it had failed or by force. It is kept where a web page may listen to it, so it names nobody.
 */
export const EnrichmentJob = z.strictObject({
  jobId: EnrichmentJobId,
  candidateId: CandidateId,
  /** As the candidate was when it was asked for. */
  contentHash: z.string(),
  /** Provider, model and version of the prompt that were configured when it was asked for. */
  analyst: z.string(),
  state: JobState,
  run: z.int().min(1),
  /** Begun in this run. */
  attempts: z.int().min(0),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  /** Of the next attempt, or when the present one may be given up; null when there is nothing more to come. */
  dueAt: z.iso.datetime().nullable(),
  error: z.strictObject({ category: JobFailureCategory, message: z.string() }).nullable(),
  history: z.array(JobAttempt).max(mostRemembered),
  result: JobResult.nullable(),
  /** Of the call that asked for this run. */
  requestId: z.string(),
});
export type EnrichmentJob = z.output<typeof EnrichmentJob>;

/** A run that was given up, kept until it is asked for again. */
export const DeadLetter = z.strictObject({
  jobId: EnrichmentJobId,
  run: z.int().min(1),
  candidateId: CandidateId,
  category: JobFailureCategory,
  message: z.string(),
  attempts: z.int().min(1),
  diedAt: z.iso.datetime(),
  replayedAt: z.iso.datetime().nullable(),
});
export type DeadLetter = z.output<typeof DeadLetter>;
