import type { Context } from '../../context.ts';
import type { DecisionId, DecisionKind } from '../../contract/decision.ts';
import { Problem } from '../../contract/errors.ts';
import { recordRanking } from '../decisions/record-ranking.ts';
import { notLongAfter } from './adjacency.ts';
import { present } from './present.ts';
import { type HybridQuery, type Ranking, type RankingContext, rankPeople } from './ranking.ts';
import { rounded } from './rounded.ts';
import { tell } from './tell.ts';

export type HybridContext = RankingContext & Context<'candidates' | 'decisions'>;

/** Ranks, records the ranking, and explains the page that was asked for. @throws whatever `rankPeople` throws */
export async function hybridSearch(ctx: HybridContext, kind: DecisionKind, input: HybridQuery) {
  const timings = stopwatch();
  const ranking = await rankPeople(ctx, input, timings.lap);
  const { people, asked, degraded, market } = ranking;
  const page = people.slice(input.offset, input.offset + input.limit);
  const presented = present(ctx, ranking, page, { from: input.offset + 1, locale: input.locale });
  const [results, decisionId] = await Promise.all([presented, decisionOf(ctx, kind, input, ranking, presented)]);
  timings.lap('explainMs');
  return {
    results,
    total: people.length,
    decisionId,
    understood: tell(asked, input.query),
    degraded: [...degraded, ...(decisionId === null ? (['decision.unrecorded'] as const) : [])],
    market,
    model: ctx.embedder.label,
    timings: timings.all(),
  };
}

/** The ranking's record; null when the database would not take it, or not in time. */
async function decisionOf(
  ctx: HybridContext,
  kind: DecisionKind,
  input: HybridQuery,
  ranking: Ranking,
  presented: Promise<unknown>,
): Promise<DecisionId | null> {
  const [recorded] = await Promise.allSettled([notLongAfter(presented, recordRanking(ctx, kind, input, ranking))]);
  if (recorded.status === 'fulfilled') return recorded.value;
  const { reason } = recorded;
  if (reason instanceof Problem && reason.kind === 'unavailable') return null;
  throw reason;
}

function stopwatch() {
  const started = performance.now();
  let last = started;
  const laps: Record<string, number> = {};
  return {
    lap(name: string) {
      const now = performance.now();
      laps[name] = rounded(now - last, 1);
      last = now;
    },
    all: () => ({ ...laps, totalMs: rounded(performance.now() - started, 1) }),
  };
}
