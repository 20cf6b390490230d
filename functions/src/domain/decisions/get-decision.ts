import type { Context } from '../../context.ts';
import type { Decision, DecisionId } from '../../contract/decision.ts';
import { Problem } from '../../contract/errors.ts';

/** @throws Problem `decision.not_found` */
export async function getDecision(ctx: Context<'decisions'>, id: DecisionId): Promise<Decision> {
  const decision = await ctx.decisions.findById(id);
  if (!decision) throw new Problem('decision.not_found');
  return decision;
}
