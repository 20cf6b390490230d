import type { Context } from '../../context.ts';
import type { Ranked, Reading } from './ranking.ts';
import { explain } from './reasons.ts';
import { rounded } from './rounded.ts';
import type { Locale } from './wording.ts';

/** How somebody stood in each leg, as it is told; null where the leg did not return them. */
export const tellLegs = ({ legs }: Pick<Ranked, 'legs'>) => ({
  vector: legs['vector'] ? { rank: legs['vector'].rank, score: rounded(legs['vector'].score) } : null,
  lexical: legs['lexical'] ? { rank: legs['lexical'].rank, score: rounded(legs['lexical'].score) } : null,
});

export const tellSignals = ({ weighed }: Pick<Ranked, 'weighed'>) =>
  weighed.map(({ name, value, weight }) => ({ name, value: rounded(value), weight: rounded(weight) }));

/** A page of a ranking, each person with reasons that quote them; who was removed meanwhile is left out. @param from rank of the first */
export async function present(
  ctx: Context<'candidates'>,
  { recognizer, asked, adjacent }: Reading,
  page: readonly Ranked[],
  { from, locale }: { readonly from: number; readonly locale: Locale },
) {
  const ids = page.map(({ candidateId }) => candidateId);
  const { candidates: profiles, documents } = await ctx.candidates.findWithDocuments(ids);
  return page.flatMap((ranked, i) => {
    const { candidateId, facts } = ranked;
    const profile = profiles.get(candidateId)?.profile;
    if (!profile) return [];
    const person = { profile, facts, documents: documents.get(candidateId) ?? [] };
    const { reasons, missing } = explain(recognizer, asked, adjacent, person, locale);
    return [
      {
        candidateId,
        rank: from + i,
        score: rounded(ranked.score),
        rrf: rounded(ranked.rrf, 6),
        legs: tellLegs(ranked),
        signals: tellSignals(ranked),
        fullName: profile.fullName,
        title: profile.title ?? null,
        headline: profile.headline ?? null,
        location: profile.location ?? null,
        yearsExperience: facts.years ?? null,
        reasons,
        missing,
      },
    ];
  });
}
