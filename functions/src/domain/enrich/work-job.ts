import type { Tools } from '../../context.ts';
import type { EnrichedProfile } from '../../contract/enriched-profile.ts';
import {
  type EnrichmentJob,
  type EnrichmentJobId,
  type JobPhases,
  type JobResult,
  mostAttempts,
} from '../../contract/enrichment-job.ts';
import { Problem } from '../../contract/errors.ts';
import type { StoredCandidate } from '../../stores/candidates.ts';
import type { StoredDocument } from '../../stores/documents.ts';
import type { JobLease } from '../../stores/job-leases.ts';
import { claimsIn } from './claims-in.ts';
import { JobError, jobFailureOf } from './job-failure.ts';
import { contentHashOf } from './job-id.ts';
import { retryDelay } from './retry-delay.ts';

/** A person as they were read for a job. */
export interface Person {
  readonly candidate: StoredCandidate;
  readonly documents: readonly StoredDocument[];
  readonly contentHash: string;
}

export const workNeeds = [
  'candidates',
  'enrichedProfiles',
  'enrichmentJobs',
  'enrichmentQueue',
] as const satisfies readonly (keyof Tools)[];

export type WorkContext = Pick<Tools, (typeof workNeeds)[number]> & {
  /** Reads a person carefully. */
  readonly analyze: (person: Person, signal: AbortSignal) => Promise<EnrichedProfile>;
};

export interface WorkSettings {
  /** Tells this worker from every other. */
  readonly worker: string;
  /** After so much silence a worker is taken for lost; it says that it lives three times as often. */
  readonly leaseMs: number;
  /** The most that one attempt may take. */
  readonly limitMs: number;
}

/** `later`: somebody has to come again in so many milliseconds, since it is not due or in another worker's hands. */
export type Worked =
  | { readonly kind: 'done' }
  | { readonly kind: 'over' }
  | { readonly kind: 'later'; readonly waitMs: number };

/**
 * Makes one attempt of a run: reads the person, has them analysed, and keeps the profile. However often the same task is delivered,
 * to however many workers, and wherever any of them ends, the profile is kept once. What goes wrong is told in the job.
 */
export async function workJob(
  ctx: WorkContext,
  { jobId, run }: { jobId: EnrichmentJobId; run: number },
  { worker, leaseMs, limitMs }: WorkSettings,
): Promise<Worked> {
  const taken = await ctx.enrichmentJobs.take({ jobId, run, worker, leaseMs });
  if (taken.kind === 'over') return taken;
  if (taken.kind !== 'taken') return { kind: 'later', waitMs: taken.waitMs };
  const { lease } = taken;
  const phases: Phases = {};
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(new Problem('call.timeout')), limitMs);
  const beats = keepBeating(lease, leaseMs / 3, () => limit.abort(new LeaseLost()));
  try {
    const result = await Promise.race([attempt(ctx, lease.job, phases, limit.signal), aborted(limit.signal)]);
    beats.stop();
    await lease.complete(result, phases);
  } catch (error) {
    beats.stop();
    if (error instanceof LeaseLost) return { kind: 'over' };
    const failure = jobFailureOf(error);
    const { attempts } = lease.job;
    const retryMs = Math.max(retryDelay(attempts), failure.retryAfterMs ?? 0);
    const isMine = await lease.fail({ ...failure, retryMs }, phases);
    if (isMine && failure.isRetryable && attempts < mostAttempts) await ctx.enrichmentQueue.send(lease.job, retryMs);
  } finally {
    clearTimeout(timer);
  }
  return { kind: 'done' };
}

type Phases = { -readonly [Phase in keyof JobPhases]: JobPhases[Phase] };

/** Another worker was given what this one was doing: nothing that it does counts any more. */
class LeaseLost extends Error {}

async function attempt(ctx: WorkContext, job: EnrichmentJob, phases: Phases, signal: AbortSignal): Promise<JobResult> {
  const clock = (phase: keyof JobPhases) => {
    const since = performance.now();
    return () => {
      phases[phase] = Math.round((performance.now() - since) * 10) / 10;
    };
  };
  const read = clock('readMs');
  const { candidateId, jobId, run } = job;
  const kept = await ctx.enrichedProfiles.findById(candidateId);
  // A worker before this one was lost after its work was done: a model is not asked and paid for it again.
  if (kept?.jobId === jobId && kept.run === run) return resultOf(kept.profile);
  const person = await readPerson(ctx, job);
  read();
  const analyzed = clock('analyzeMs');
  const profile = await ctx.analyze(person, signal);
  analyzed();
  signal.throwIfAborted();
  const stored = clock('storeMs');
  const { revision, updatedAt } = person.candidate;
  await ctx.enrichedProfiles.write({ jobId, run, candidateId, revision, updatedAt }, profile, new Date());
  stored();
  return resultOf(profile);
}

async function readPerson(ctx: WorkContext, { candidateId }: EnrichmentJob): Promise<Person> {
  const { candidates, documents } = await ctx.candidates.findWithDocuments([candidateId]);
  const candidate = candidates.get(candidateId);
  if (!candidate) {
    const message = 'The candidate is not there any more.';
    throw new JobError({ category: 'candidate_missing', message, isRetryable: false });
  }
  const theirs = documents.get(candidateId) ?? [];
  return { candidate, documents: theirs, contentHash: contentHashOf(candidate.profile, theirs) };
}

const resultOf = (profile: EnrichedProfile): JobResult => {
  const { provenance, unsupported, analysisConfidence } = profile;
  const { provider, model, promptVersion, contentHash, costMicros } = provenance;
  const claims = claimsIn(profile).length;
  return { provider, model, promptVersion, contentHash, claims, unsupported, analysisConfidence, costMicros };
};

function keepBeating(lease: JobLease, everyMs: number, onLost: () => void): { stop(): void } {
  const timer = setInterval(() => {
    // One beat that does not get through is no loss yet; the next one tells.
    lease.beat().then(
      (isMine) => isMine || onLost(),
      () => {},
    );
  }, everyMs);
  return { stop: () => clearInterval(timer) };
}

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
