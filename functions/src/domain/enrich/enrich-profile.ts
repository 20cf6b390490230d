import { setTimeout as pause } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import type { EnrichmentJob } from '../../contract/enrichment-job.ts';
import { Problem } from '../../contract/errors.ts';
import type { CandidateId } from '../../contract/ids.ts';
import { type AnalystContext, analystOf } from './analyst.ts';
import { contentHashOf, jobIdOf } from './job-id.ts';
import { type WorkContext, type WorkSettings, workJob } from './work-job.ts';

export type EnrichContext = AnalystContext & Omit<WorkContext, 'analyze'> & Pick<Context, 'signal'>;

export interface EnrichInput {
  readonly candidateId: CandidateId;
  readonly async: boolean;
  readonly force: boolean;
}

/** How often a job in another worker's hands is looked at, in milliseconds. */
const lookMs = 250;

/**
 * Asks for a candidate to be enriched as they are now. Asked twice it is one job, unless `force`d, or what it made is no longer what is
 * kept; a job that failed is begun anew. Without `async` this call does the work itself, or waits for who does, as long as it
 * may: the job is then as far as it came.
 * @throws Problem `candidate.not_found`
 */
export async function enrichProfile(
  ctx: EnrichContext,
  { candidateId, async, force }: EnrichInput,
  settings: WorkSettings,
): Promise<EnrichmentJob> {
  const { candidates, documents } = await ctx.candidates.findWithDocuments([candidateId]);
  const candidate = candidates.get(candidateId);
  if (!candidate) throw new Problem('candidate.not_found');
  const analyst = analystOf(ctx);
  const contentHash = contentHashOf(candidate.profile, documents.get(candidateId) ?? []);
  const jobId = jobIdOf(candidateId, contentHash, analyst.label);
  const kept = await ctx.enrichedProfiles.findById(candidateId);
  const isKept = kept?.jobId === jobId;
  const asked = await ctx.enrichmentJobs.ask(
    { jobId, candidateId, contentHash, analyst: analyst.label },
    force || !isKept,
  );
  if (async) {
    if (asked.isNew) await ctx.enrichmentQueue.send(asked.job, 0);
    return asked.job;
  }
  const until = Date.now() + settings.limitMs;
  const isOpen = (job: EnrichmentJob) => job.run === asked.job.run && job.dueAt !== null && Date.now() < until;
  let job = asked.job;
  while (isOpen(job) && !ctx.signal.aborted) {
    const limitMs = until - Date.now();
    const worked = await workJob({ ...ctx, analyze: analyst.analyze }, job, { ...settings, limitMs });
    if (worked.kind === 'later') await pause(Math.min(worked.waitMs, lookMs, Math.max(0, until - Date.now())));
    job = (await ctx.enrichmentJobs.findById(jobId)) ?? job;
  }
  return job;
}
