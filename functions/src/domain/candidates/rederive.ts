import type { Tools } from '../../context.ts';
import { Problem } from '../../contract/errors.ts';
import type { CandidateId } from '../../contract/ids.ts';
import { derivationOf, type PrepareContext, prepareCandidates } from './prepare.ts';

export type RederiveContext = PrepareContext & Pick<Tools, 'candidates' | 'derivations'>;

/** People of one transaction: the tenant's other writers wait for its end. */
const batchSize = 100;

export interface Rederivation {
  /** People whom search now knows as today's software reads them. */
  readonly done: number;
  /** People who could not be read, each for a reason of their own, and the first of them. */
  readonly failed: number;
  readonly firstFailure: Failure | null;
  /** People still to be done, those that failed among them; null when nobody could say. */
  readonly remaining: number | null;
  /** Why it ended before everybody was seen; null when it did not. */
  readonly stopped: string | null;
}

interface Failure {
  readonly candidateId: CandidateId;
  /** Its kind only: what a message quotes may be somebody's. */
  readonly error: string;
}

/**
 * Derives anew whom other software than today's read, in batches until time is up; the next run goes on with who is left. Who is
 * written meanwhile keeps what was written. It does not throw: one tenant's trouble is told, and is nobody else's.
 */
export async function rederiveCandidates(ctx: RederiveContext, isTimeUp: () => boolean): Promise<Rederivation> {
  let done = 0;
  const failures: Failure[] = [];
  const told = () => ({ done, failed: failures.length, firstFailure: failures[0] ?? null });
  try {
    const current = derivationOf(ctx.lexicon, ctx.embedder, await ctx.embedder.version());
    let page = isTimeUp() ? [] : await ctx.derivations.outdated(current, batchSize);
    while (page.length > 0) {
      const ids = page.map(({ candidateId }) => candidateId);
      for await (const one of renewed(ctx, ids)) {
        if (typeof one === 'number') done += one;
        else failures.push(one);
        if (isTimeUp()) break;
      }
      page = isTimeUp() ? [] : await ctx.derivations.outdated(current, batchSize, page.at(-1));
    }
    const remaining = await ctx.derivations.countOutdated(current);
    return { ...told(), remaining, stopped: remaining > failures.length && isTimeUp() ? 'time is up' : null };
  } catch (error) {
    return { ...told(), remaining: null, stopped: (error as Error).message };
  }
}

/** How many were done, or who could not be: the batch as a whole, or where one of them fails it, each alone. */
async function* renewed(ctx: RederiveContext, ids: readonly CandidateId[]): AsyncGenerator<number | Failure> {
  try {
    yield await renew(ctx, ids);
  } catch (error) {
    // What is away is away for everybody.
    if (error instanceof Problem) throw error;
    const [candidateId] = ids;
    if (candidateId && ids.length === 1) yield { candidateId, error: (error as Error).name };
    else for (const id of ids) yield* renewed(ctx, [id]);
  }
}

async function renew(ctx: RederiveContext, ids: readonly CandidateId[]): Promise<number> {
  const { candidates, documents } = await ctx.candidates.findWithDocuments(ids);
  const drafts = [...candidates.values()];
  if (drafts.length === 0) return 0;
  const records = await prepareCandidates(ctx, drafts, documents);
  return (await ctx.derivations.renew(records, candidates, ctx.now)).length;
}
