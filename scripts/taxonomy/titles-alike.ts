import type { TaxonomySystem } from '../../functions/src/contract/taxonomy.ts';
import { type LexicalIndex, openLexicalIndex } from '../../functions/src/domain/matching/lexical-index.ts';
import { fold } from '../lexicon/names.ts';
import type { DescribedOccupation } from './occupations.ts';

/** An occupation whose titles are alike; `likeness` 0..1. */
export interface Counterpart {
  readonly to: number;
  readonly likeness: number;
}

/** The titles of one classification in one language, each with what being matched by it is worth. */
interface Titles {
  readonly index: LexicalIndex;
  readonly owners: readonly number[];
  readonly worths: readonly number[];
}

/** The highest score an index gives. */
const wholeScore = 1.5;
/** A synonym may be that of a part of the occupation. */
const synonym = 0.93;
/** A name that several occupations have does not tell which. */
const sharedName = 0.8;
const mostCounterparts = 12;

const compared = ['pt-BR', 'en'] as const;
type Compared = (typeof compared)[number];

export type SystemTitles = Readonly<Record<Compared, Titles>>;

/** The titles of a classification's occupations, to be compared with others'. */
export function openTitles(occupations: readonly DescribedOccupation[], system: TaxonomySystem): SystemTitles {
  return { 'pt-BR': titlesIn('pt-BR', occupations, system), en: titlesIn('en', occupations, system) };
}

function titlesIn(language: Compared, occupations: readonly DescribedOccupation[], system: TaxonomySystem): Titles {
  const rows = occupations.flatMap((occupation, owner) =>
    occupation.system === system
      ? (occupation.labels[language] ?? []).map((text, place) => ({ text, owner, place }))
      : [],
  );
  const owners = Map.groupBy(rows, ({ text }) => fold(text));
  return {
    index: openLexicalIndex(rows.map(({ text }) => text)),
    owners: rows.map(({ owner }) => owner),
    worths: rows.map(
      ({ text, place }) =>
        (place === 0 ? 1 : synonym) *
        (new Set(owners.get(fold(text))?.map(({ owner }) => owner)).size > 1 ? sharedName : 1),
    ),
  };
}

/** The occupations with the titles most like those of another, the most alike first. @param nearness by which the likeness to an occupation is multiplied, 0..1 */
export function counterpartsOf(
  { labels }: DescribedOccupation,
  titles: SystemTitles,
  nearness: (to: number) => number,
): Counterpart[] {
  const best = new Map<number, number>();
  for (const language of compared) {
    const { index, owners, worths } = titles[language];
    for (const [place, label] of (labels[language] ?? []).entries()) {
      index.match(label, (row, score) => {
        const to = owners[row] as number;
        const likeness = (score / wholeScore) * (worths[row] as number) * (place === 0 ? 1 : synonym);
        if (likeness > (best.get(to) ?? 0)) best.set(to, likeness);
      });
    }
  }
  return [...best]
    .map(([to, likeness]) => ({ to, likeness: likeness * nearness(to) }))
    .sort((a, b) => b.likeness - a.likeness || a.to - b.to)
    .slice(0, mostCounterparts);
}
