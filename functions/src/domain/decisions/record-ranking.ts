import { randomBytes } from 'node:crypto';
import type { Call } from '../../context.ts';
import { DecisionId, type DecisionKind } from '../../contract/decision.ts';
import type { HybridQuery, Ranking } from '../search/ranking.ts';
import { type RecordContext, recordOf } from './record-of.ts';

/** Keeps what a ranking was, by a new id. @throws Problem `database.unavailable` */
export async function recordRanking(
  ctx: RecordContext & Pick<Call, 'caller' | 'requestId' | 'now'>,
  kind: DecisionKind,
  question: HybridQuery,
  ranking: Ranking,
): Promise<DecisionId> {
  const decisionId = DecisionId.parse(`dc_${randomBytes(16).toString('base64url')}`);
  const { kind: actorKind, actor } = ctx.caller;
  const record = await recordOf(ctx, question, ranking);
  const { requestId, now: madeAt } = ctx;
  await ctx.decisions.add({ ...record, decisionId, kind, actorKind, actor, requestId, madeAt, question });
  return decisionId;
}
