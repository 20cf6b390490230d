import type { Seniority } from '../../contract/candidate.ts';
import type { EcoId } from '../../contract/ids.ts';
import type { LocalModel } from '../../platform/local-embedder.ts';
import { type Locale, nameOf, type Occupations } from './occupations.ts';
import type { TitleIndex } from './title-index.ts';
import { meaningOf } from './title-meaning.ts';
import { type Found, weighMeaning } from './weigh-meaning.ts';

export interface FoundOccupation {
  readonly ecoId: EcoId;
  readonly title: string;
  /** The language of `title`. */
  readonly locale: string;
  readonly group: { readonly scheme: 'isco' | 'cbo' | 'soc'; readonly code: string };
  /** 0..1 */
  readonly confidence: number;
  readonly matched: { readonly text: string; readonly as: 'title' | 'alias' | 'tenant-alias' | 'meaning' };
}

export interface FoundByTitle {
  readonly seniority: Seniority | null;
  readonly occupations: readonly FoundOccupation[];
}

/** What titles are looked up in: the taxonomy, the tenant's own names if it has any, and what the model knows of meaning. */
export interface TitleSources {
  readonly occupations: Occupations;
  readonly own: TitleIndex | undefined;
  readonly model: LocalModel;
}

const schemes = { cbo: 'cbo', onet: 'soc', esco: 'isco', own: 'isco' } as const;
/** So many titles that are written alike are weighed by their meaning; as many as a search may ask for, and some. */
const mostWritten = 60;
/** Below, fewer than one in seven is what was meant. */
const leastConfidence = 0.15;

/** The occupations a written title may mean, in the classifications that tell of `country`; best first. */
export function findOccupations(
  { occupations, own, model }: TitleSources,
  asked: { title: string; locale: Locale; country: string; limit: number },
): FoundByTitle {
  const { titles, seniority } = occupations.reader.read(asked.title);
  const told = occupations.titlesIn(asked.country);
  const written = writtenAlike(titles, told, own);
  const found = weighMeaning(written, () => meaningOf(model, titles[0] ?? '', told.systems), asked.limit);
  return {
    seniority,
    occupations: [...found]
      .filter(([, { confidence }]) => confidence >= leastConfidence)
      .sort(([a, x], [b, y]) => y.confidence - x.confidence || ownFirst(x.as, y.as) || (a < b ? -1 : 1))
      .flatMap(([id, { confidence, as, text }]) => {
        const known = occupations.findById(id)?.occupation;
        if (!known) return [];
        const { title, locale } = nameOf(known, asked.locale);
        return [
          {
            ecoId: id as EcoId,
            title,
            locale,
            group: { scheme: schemes[known.system], code: known.group },
            confidence,
            matched: { text: text ?? title, as },
          },
        ];
      })
      .slice(0, asked.limit),
  };
}

/** Occupations by the titles that are written like any of these readings of one title. */
export function writtenAlike(
  readings: readonly string[],
  { indexes, accept }: ReturnType<Occupations['titlesIn']>,
  own: TitleIndex | undefined,
): Map<string, Found> {
  const written = new Map<string, Found>();
  for (const index of indexes) {
    for (const { occupation, title, confidence } of index.find(readings, mostWritten, accept))
      written.set(occupation, { confidence, as: title.place === 0 ? 'title' : 'alias', text: title.text });
  }
  for (const { occupation, title, confidence } of own?.find(readings, mostWritten) ?? []) {
    // What the tenant calls it goes before what others do.
    if (confidence >= (written.get(occupation)?.confidence ?? 0))
      written.set(occupation, { confidence, as: 'tenant-alias', text: title.text });
  }
  return written;
}

const ownFirst = (a: string, b: string) => Number(b === 'tenant-alias') - Number(a === 'tenant-alias');
