import type { TaxonomyOccupation } from '../../functions/src/contract/taxonomy.ts';
import { fold } from '../../functions/src/domain/text/tokens.ts';
import { Random } from '../demo/random.ts';

/** A label that was taken out of the taxonomy, and every occupation that had it. */
export interface Withheld {
  readonly text: string;
  readonly language: string;
  readonly owners: ReadonlySet<string>;
}

const share = 0.04;

/** Occupations without one in 25 of their labels, the same at each call; no occupation loses its last. */
export function withholdLabels(occupations: readonly TaxonomyOccupation[]): {
  occupations: TaxonomyOccupation[];
  withheld: Withheld[];
} {
  const random = new Random('withheld');
  const known = new Map<string, { text: string; language: string; owners: Set<string> }>();
  for (const { id, labels } of occupations) {
    for (const [language, texts] of Object.entries(labels)) {
      for (const text of texts) {
        const before = known.get(fold(text));
        if (before) before.owners.add(id);
        else known.set(fold(text), { text, language, owners: new Set([id]) });
      }
    }
  }
  const out = new Map([...known].filter(() => random.chance(share)));
  const left = occupations.map((occupation) => {
    const labels = Object.fromEntries(
      Object.entries(occupation.labels)
        .map(([language, texts]) => [language, texts.filter((text) => !out.has(fold(text)))] as const)
        .filter(([, texts]) => texts.length > 0),
    );
    return Object.keys(labels).length > 0 ? { ...occupation, labels } : occupation;
  });
  const kept = new Set(left.flatMap(({ labels }) => Object.values(labels).flat().map(fold)));
  return { occupations: left, withheld: [...out].flatMap(([key, label]) => (kept.has(key) ? [] : [label])) };
}
