import type { Seniority } from '../../contract/candidate.ts';
import type { EcoId } from '../../contract/ids.ts';
import { type Locale, nameOf, type Occupations } from './occupations.ts';
import type { TitleIndex, TitleMatch } from './title-index.ts';

export interface FoundOccupation {
  readonly ecoId: EcoId;
  readonly title: string;
  /** The language of `title`. */
  readonly locale: string;
  readonly group: { readonly scheme: 'isco' | 'cbo' | 'soc'; readonly code: string };
  /** 0..1 */
  readonly confidence: number;
  readonly matched: { readonly text: string; readonly as: 'title' | 'alias' | 'tenant-alias' };
}

export interface FoundByTitle {
  readonly seniority: Seniority | null;
  readonly occupations: readonly FoundOccupation[];
}

const schemes = { cbo: 'cbo', onet: 'soc', esco: 'isco', own: 'isco' } as const;

/** The occupations a written title may mean, in the classifications that tell of `country`; best first. */
export function findOccupations(
  occupations: Occupations,
  own: TitleIndex | undefined,
  asked: { title: string; locale: Locale; country: string; limit: number },
): FoundByTitle {
  const { titles, seniority } = occupations.reader.read(asked.title);
  const { indexes, accept } = occupations.titlesIn(asked.country);
  const found = new Map<string, TitleMatch & { as: FoundOccupation['matched']['as'] }>();
  for (const index of indexes) {
    for (const match of index.find(titles, asked.limit, accept))
      found.set(match.occupation, { ...match, as: match.title.place === 0 ? 'title' : 'alias' });
  }
  for (const match of own?.find(titles, asked.limit) ?? []) {
    const before = found.get(match.occupation);
    // What the tenant calls it goes before what others do.
    if (!before || match.confidence >= before.confidence) found.set(match.occupation, { ...match, as: 'tenant-alias' });
  }
  return {
    seniority,
    occupations: [...found.values()]
      .sort((a, b) => b.confidence - a.confidence || ownFirst(a.as, b.as) || (a.occupation < b.occupation ? -1 : 1))
      .flatMap(({ occupation: id, confidence, title, as }) => {
        const known = occupations.findById(id)?.occupation;
        if (!known) return [];
        const { title: name, locale } = nameOf(known, asked.locale);
        return [
          {
            ecoId: id as EcoId,
            title: name,
            locale,
            group: { scheme: schemes[known.system], code: known.group },
            confidence,
            matched: { text: title.text, as },
          },
        ];
      })
      .slice(0, asked.limit),
  };
}

const ownFirst = (a: string, b: string) => Number(b === 'tenant-alias') - Number(a === 'tenant-alias');
