import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { RankedPerson, RankingRecord, RankingVersions } from '../../contract/decision.ts';
import type { Signals } from '../../contract/signal.ts';
import { derivationVersion } from '../candidates/derive.ts';
import type { HybridQuery, Ranked, Ranking } from '../search/ranking.ts';
import { rounded } from '../search/rounded.ts';
import { tell } from '../search/tell.ts';

export type RecordContext = Context<'embedder' | 'lexicon' | 'decisions'>;

/** A ranking as it is kept, and as it is compared with one that was kept: numbers have as many decimals as a record holds. */
export async function recordOf(ctx: RecordContext, input: HybridQuery, ranking: Ranking): Promise<RankingRecord> {
  const people = ranking.people.map(personOf);
  return {
    understood: tell(ranking.asked, input.query),
    versions: await versionsOf(ctx, ranking),
    weights: ranking.weights,
    degraded: ranking.degraded,
    setHash: setHashOf(people),
    people,
  };
}

function personOf({ candidateId, revision, content, legs, score, weighed }: Ranked): RankedPerson {
  const signals: Signals = {};
  for (const { name, value } of weighed) signals[name] = rounded(value);
  const { vector = null, lexical = null } = legs;
  return { candidateId, revision, content, legs: { vector, lexical }, score: rounded(score, 6), signals };
}

async function versionsOf(ctx: RecordContext, { market }: Ranking): Promise<RankingVersions> {
  return {
    code: ctx.decisions.codeRevision,
    embedder: ctx.embedder.label,
    // Away for a version as for a vector: the ranking says that it did without.
    embedderVersion: await ctx.embedder.version().catch(() => null),
    lexicon: ctx.lexicon.version,
    derivation: derivationVersion,
    marketCountedAt: market?.countedAt ?? null,
  };
}

function setHashOf(people: readonly RankedPerson[]): string {
  const lines = people.map(({ candidateId, content }) => `${candidateId} ${content}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
}
