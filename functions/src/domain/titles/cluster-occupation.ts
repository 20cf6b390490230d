import type { EcoId } from '../../contract/ids.ts';
import { type FoundOccupation, findOccupations } from '../eco/find-occupations.ts';
import type { Locale, Occupations } from '../eco/occupations.ts';
import type { TitleIndex } from '../eco/title-index.ts';
import { nameKey } from '../text/tokens.ts';
import type { DistinctTitle } from './distinct-titles.ts';

/** A title's occupations by confidence, and the one it is a name of already, letter for letter. */
export interface TitleMeaning {
  readonly occupations: readonly Pick<FoundOccupation, 'ecoId' | 'title' | 'confidence' | 'matched'>[];
  readonly names: readonly EcoId[];
}

export interface ClusterOccupation {
  readonly ecoId: EcoId;
  readonly title: string;
  /** What its titles are sure of it, by their uses, 0..1. */
  readonly confidence: number;
}

const mostMeanings = 10;
/** A cluster less sure than this has no occupation. */
const leastConfidence = 0.5;

/** Reads titles by the matcher of the occupation endpoints. */
export function titleMeanings(
  occupations: Occupations,
  own: TitleIndex | undefined,
  { locale, country }: { readonly locale: Locale; readonly country: string },
): (title: Pick<DistinctTitle, 'reading'>) => TitleMeaning {
  return ({ reading }) => {
    const asked = { title: reading, locale, country, limit: mostMeanings };
    const found = findOccupations(occupations, own, asked).occupations;
    const key = nameKey(reading);
    return {
      occupations: found,
      names: found.filter(({ matched }) => nameKey(matched.text) === key).map((one) => one.ecoId),
    };
  };
}

/**
 * The occupation that a cluster's titles agree on: the sum of confidence times uses is the largest, divided by all uses its
 * confidence. Of occupations that are equally likely, the one whose id comes first.
 */
export function clusterOccupation(
  titles: readonly { readonly uses: number; readonly meaning: TitleMeaning }[],
): ClusterOccupation | null {
  const votes = new Map<EcoId, { title: string; sum: number }>();
  for (const { uses, meaning } of titles) {
    for (const { ecoId, title, confidence } of meaning.occupations)
      votes.set(ecoId, { title, sum: (votes.get(ecoId)?.sum ?? 0) + uses * confidence });
  }
  const [best] = [...votes].sort(([a, x], [b, y]) => y.sum - x.sum || (a < b ? -1 : 1));
  if (!best) return null;
  const [ecoId, { title, sum }] = best;
  const confidence = Math.round((sum / titles.reduce((all, { uses }) => all + uses, 0)) * 1e3) / 1e3;
  return confidence < leastConfidence ? null : { ecoId, title, confidence };
}
