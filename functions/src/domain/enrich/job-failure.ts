import type { JobFailureCategory } from '../../contract/enrichment-job.ts';
import { Problem } from '../../contract/errors.ts';
import { ModelFailure, type ModelFailureCategory } from '../../contract/language-model.ts';

/** Why an attempt came to nothing, as it is told: `message` names nobody and quotes nothing. */
export interface JobFailure {
  readonly category: JobFailureCategory;
  readonly message: string;
  readonly isRetryable: boolean;
  /** When who failed asks to be asked again, in milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/** Thrown by what works on a job where it knows itself what is wrong. */
export class JobError extends Error implements JobFailure {
  override readonly name = 'JobError';
  readonly category: JobFailureCategory;
  readonly isRetryable: boolean;

  constructor({ category, message, isRetryable }: JobFailure) {
    super(message);
    this.category = category;
    this.isRetryable = isRetryable;
  }
}

const categoryOf: Readonly<Record<ModelFailureCategory, JobFailureCategory>> = {
  timeout: 'timeout',
  network: 'provider_unavailable',
  rate_limited: 'rate_limited',
  server: 'provider_unavailable',
  auth: 'provider_refused',
  malformed: 'provider_answer',
  truncated: 'provider_answer',
  refused: 'provider_refused',
  too_large: 'provider_answer',
  circuit_open: 'provider_unavailable',
};

/** What stood in the way, whatever was thrown. */
export function jobFailureOf(error: unknown): JobFailure {
  if (error instanceof JobError) {
    const { category, message, isRetryable } = error;
    return { category, message, isRetryable };
  }
  if (error instanceof ModelFailure) {
    const { message, isRetryable, retryAfterMs } = error;
    return { category: categoryOf[error.category], message, isRetryable, retryAfterMs };
  }
  if (!(error instanceof Problem))
    return { category: 'internal', message: 'Something failed on our side.', isRetryable: true };
  const { message } = error;
  switch (error.code) {
    case 'candidate.not_found':
      return { category: 'candidate_missing', message, isRetryable: false };
    case 'candidate.conflict':
      return { category: 'candidate_changed', message, isRetryable: true };
    case 'budget.exhausted':
      return { category: 'budget_exhausted', message, isRetryable: false };
    case 'call.timeout':
      return { category: 'timeout', message, isRetryable: true };
    case 'database.unavailable':
    case 'embedder.unavailable':
      return { category: 'store_unavailable', message, isRetryable: true };
    default:
      return { category: 'internal', message, isRetryable: error.kind === 'unavailable' };
  }
}
