import type { Decision } from '../../contract/decision.ts';
import { rrfOf } from '../search/fuse.ts';
import { tellLegs, tellSignals } from '../search/present.ts';
import { rounded } from '../search/rounded.ts';
import { score } from '../search/weights.ts';

/** A record as it is told, with the people from `offset` on. What follows from what is kept is worked out here. */
export function tellDecision(decision: Decision, { limit, offset }: { limit: number; offset: number }) {
  const { actorKind, actor, requestId, madeAt, people, ...others } = decision;
  return {
    ...others,
    madeAt: madeAt.toISOString(),
    by: { kind: actorKind, id: actor },
    answeredRequestId: requestId,
    total: people.length,
    people: people.slice(offset, offset + limit).map(({ legs, signals, ...person }, i) => {
      const found = Object.fromEntries(
        Object.entries(legs).flatMap(([name, leg]) => (leg ? [[name, leg] as const] : [])),
      );
      return {
        ...person,
        rank: offset + i + 1,
        rrf: rounded(rrfOf(found), 6),
        legs: tellLegs({ legs: found }),
        signals: tellSignals(score(signals, decision.weights)),
      };
    }),
  };
}
