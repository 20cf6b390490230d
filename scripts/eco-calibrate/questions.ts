import type { TaxonomyLink, TaxonomyOccupation } from '../../functions/src/contract/taxonomy.ts';
import { misspeltTitles } from '../bench-eco/typos.ts';
import type { Withheld } from '../embedder/withhold.ts';

/** A title to ask, and the occupations that it means: those that have it, and their exact and close counterparts. */
export interface Question {
  readonly text: string;
  /** `withheld es` and the like, or `misspelt`. */
  readonly kind: string;
  readonly right: ReadonlySet<string>;
}

const isAsked = (id: string) => !id.startsWith('onet:');

/** Withheld labels that Brazilian recruiters could have met, and as many as asked for of the labels kept, misspelt. */
export function questionsOf(
  whole: { occupations: readonly TaxonomyOccupation[]; links: readonly TaxonomyLink[] },
  kept: readonly TaxonomyOccupation[],
  withheld: readonly Withheld[],
  misspelt: number,
): Question[] {
  const counterparts = counterpartsOf(whole);
  const right = (owners: Iterable<string>) => {
    const asked = [...owners].filter(isAsked);
    return new Set([...asked, ...asked.flatMap((id) => counterparts.get(id) ?? [])].filter(isAsked));
  };
  const labels = withheld.map(({ text, language, owners }) => ({
    text,
    kind: `withheld ${language}`,
    right: right(owners),
  }));
  const slips = misspeltTitles(kept, misspelt, 'calibrate').map(({ written, owners }) => ({
    text: written,
    kind: 'misspelt',
    right: right(owners),
  }));
  return [...labels, ...slips].filter((question) => question.right.size > 0);
}

function counterpartsOf({
  occupations,
  links,
}: {
  occupations: readonly TaxonomyOccupation[];
  links: readonly TaxonomyLink[];
}) {
  const counterparts = new Map<string, string[]>();
  const add = (from: string, to: string) => counterparts.set(from, [...(counterparts.get(from) ?? []), to]);
  for (const { from, to, match } of links) {
    const [a, b] = [occupations[from]?.id, occupations[to]?.id];
    if ((match !== 'exact' && match !== 'close') || a === undefined || b === undefined) continue;
    add(a, b);
    add(b, a);
  }
  return counterparts;
}
