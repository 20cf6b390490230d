import type { Context } from '../../context.ts';
import type { EnrichmentJob, EnrichmentJobId } from '../../contract/enrichment-job.ts';

export interface ReplayInput {
  readonly jobIds?: readonly EnrichmentJobId[] | undefined;
  readonly state?: 'failed' | 'dead' | undefined;
  readonly limit: number;
}

/** Begins jobs anew that failed or died, and sends for them. Those that are under way or done are left alone. */
export async function replayJobs(
  ctx: Pick<Context<'enrichmentJobs' | 'enrichmentQueue'>, 'enrichmentJobs' | 'enrichmentQueue'>,
  { jobIds, state, limit }: ReplayInput,
): Promise<{ replayed: EnrichmentJob[]; skipped: EnrichmentJobId[] }> {
  const asked = jobIds ?? (await ctx.enrichmentJobs.list({ state }, limit)).map(({ jobId }) => jobId);
  const distinct = [...new Set(asked)];
  const replayed = await ctx.enrichmentJobs.replay(distinct);
  for (const job of replayed) await ctx.enrichmentQueue.send(job, 0);
  const begun = new Set(replayed.map(({ jobId }) => jobId));
  return { replayed, skipped: distinct.filter((jobId) => !begun.has(jobId)) };
}
