import type { Context } from '../../context.ts';
import type { Decision, DecisionId, RankingRecord } from '../../contract/decision.ts';
import { Problem } from '../../contract/errors.ts';
import type { CandidateId } from '../../contract/ids.ts';
import { type RankingContext, rankPeople } from '../search/ranking.ts';
import { type Comparison, compareRankings } from './compare-rankings.ts';
import { getDecision } from './get-decision.ts';
import { recordOf } from './record-of.ts';

export type ReplayContext = RankingContext & Context<'candidates' | 'decisions'>;

/** So many people of each list are told; the count is of all. */
const mostTold = 20;

/**
 * Ranks what was asked then over today's data by today's software, at the time of then, and compares; and once more at today's
 * date, since somebody's last use of a skill grows older without anything having changed.
 * @throws Problem `decision.not_found`, `decision.not_replayable`, `search.unavailable`
 */
export async function replayDecision(ctx: ReplayContext, id: DecisionId) {
  const then = await getDecision(ctx, id);
  const again = await rankedAgain(ctx, then, then.madeAt);
  const today = await rankedAgain(ctx, then, ctx.now);
  const comparison = compareRankings(then, again);
  const { versions, weights, understoodDiffers, degraded } = comparison;
  return {
    decisionId: id,
    madeAt: then.madeAt.toISOString(),
    identical: comparison.identical,
    setHash: { before: then.setHash, after: again.setHash },
    versions,
    understoodDiffers,
    weights,
    degraded,
    came: await cameOf(ctx, then, comparison),
    went: await wentOf(ctx, comparison),
    changed: told(comparison.changed),
    moved: told(comparison.moved),
    today: { moved: told(compareRankings(again, today).moved) },
  };
}

const told = <One>(all: readonly One[]) => ({ count: all.length, people: all.slice(0, mostTold) });

async function rankedAgain(ctx: ReplayContext, { question }: Decision, now: Date): Promise<RankingRecord> {
  const ranking = await rankPeople({ ...ctx, now }, question).catch((error: unknown) => {
    const isOutdated =
      error instanceof Problem && (error.code === 'input.invalid' || error.code === 'embedding.model_mismatch');
    throw isOutdated ? new Problem('decision.not_replayable', error.details) : error;
  });
  return recordOf(ctx, question, ranking);
}

/** Somebody new is in because they are new, or changed, or because others have fallen behind. */
async function cameOf(ctx: ReplayContext, { madeAt }: Decision, { came }: Comparison) {
  const { count, people } = told(came);
  const { candidates } = await ctx.candidates.findWithDocuments(people.map(({ candidateId }) => candidateId));
  const isSince = (time: string | undefined) => time !== undefined && new Date(time) >= madeAt;
  return {
    count,
    people: people.map(({ candidateId, rank, revision }) => {
      const stored = candidates.get(candidateId);
      const because = isSince(stored?.createdAt) ? 'created' : isSince(stored?.updatedAt) ? 'changed' : 'movedUp';
      return { candidateId, rank, revision, because } as const;
    }),
  };
}

/** Somebody is out because they are gone, or changed, or because others were better. */
async function wentOf(ctx: ReplayContext, { went }: Comparison) {
  const { count, people } = told(went);
  const ids = people.map(({ candidateId }) => candidateId);
  const members = ids.length > 0 ? await ctx.retrieval.poolOf(ids, { vector: undefined, weighed: undefined }) : [];
  const contents = new Map<CandidateId, string>(members.map(({ candidateId, content }) => [candidateId, content]));
  return {
    count,
    people: people.map(({ candidateId, rank, content }) => {
      const is = contents.get(candidateId);
      const because = is === undefined ? 'removed' : is !== content ? 'changed' : 'pushedOut';
      return { candidateId, rank, because } as const;
    }),
  };
}
