import type { EcoId } from '../../contract/ids.ts';
import { type FoundOccupation, findOccupations, type TitleSources, writtenAlike } from '../eco/find-occupations.ts';
import type { Locale } from '../eco/occupations.ts';
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

type Asked = { readonly locale: Locale; readonly country: string };

const isNameOf = (title: string) => {
  const key = nameKey(title);
  return (text: string) => nameKey(text) === key;
};

/** Reads titles by the matcher of the occupation endpoints. */
export function titleMeanings(
  sources: TitleSources,
  asked: Asked,
): (title: Pick<DistinctTitle, 'reading'>) => TitleMeaning {
  return ({ reading }) => {
    const { occupations } = findOccupations(sources, { title: reading, limit: mostMeanings, ...asked });
    const isName = isNameOf(reading);
    const names = occupations.filter(({ matched }) => matched.as !== 'meaning' && isName(matched.text));
    return { occupations, names: names.map(({ ecoId }) => ecoId) };
  };
}

/** The occupations that a title is a name of, letter for letter. */
export function namedBy(
  { occupations, own }: Omit<TitleSources, 'model'>,
  { country }: Pick<Asked, 'country'>,
): (title: string) => EcoId[] {
  const told = occupations.titlesIn(country);
  return (title) => {
    const isName = isNameOf(title);
    return [...writtenAlike([title], told, own)].flatMap(([id, { text }]) =>
      text !== undefined && isName(text) ? [id as EcoId] : [],
    );
  };
}

/** Among occupations that are equally likely: today's Brazilian market first, then the country's own classification. */
const systems = ['own', 'cbo', 'esco', 'onet'];
const equally = 0.03;

/**
 * The occupation that a cluster's titles agree on: confidence times uses summed up, divided by all uses. Of those within .03 of the
 * best the one of our own list, else of CBO, ESCO, O*NET; null when the best is below .5.
 */
export function clusterOccupation(
  titles: readonly { readonly uses: number; readonly meaning: TitleMeaning }[],
): ClusterOccupation | null {
  const votes = new Map<EcoId, { title: string; sum: number }>();
  for (const { uses, meaning } of titles) {
    for (const { ecoId, title, confidence } of meaning.occupations)
      votes.set(ecoId, { title, sum: (votes.get(ecoId)?.sum ?? 0) + uses * confidence });
  }
  const uses = titles.reduce((all, one) => all + one.uses, 0);
  const ranked = [...votes].map(([ecoId, { title, sum }]) => ({ ecoId, title, confidence: sum / uses }));
  const best = Math.max(0, ...ranked.map(({ confidence }) => confidence));
  if (best < leastConfidence) return null;
  const systemOf = ({ ecoId }: ClusterOccupation) => systems.indexOf(ecoId.slice(0, ecoId.indexOf(':')));
  const [chosen] = ranked
    .filter(({ confidence }) => confidence >= best - equally)
    .sort((a, b) => systemOf(a) - systemOf(b) || b.confidence - a.confidence || (a.ecoId < b.ecoId ? -1 : 1));
  return chosen ? { ...chosen, confidence: Math.round(chosen.confidence * 1e3) / 1e3 } : null;
}
