import type { TaxonomyOccupation, TaxonomySystem } from '../../contract/taxonomy.ts';
import type { TaxonomyArtifact } from '../../platform/taxonomy.ts';
import { fold } from '../text/tokens.ts';
import { type TitleReader, titleReaderOf } from './read-title.ts';
import { openTitleIndex, type Title, type TitleIndex } from './title-index.ts';

/** The languages of an answer. */
export const locales = ['pt-BR', 'en'] as const;
export type Locale = (typeof locales)[number];

/** Occupations by id and by title; opened once for each artifact. */
export interface Occupations {
  readonly version: string;
  /** @returns undefined for an id there is not */
  findById(id: string): { occupation: TaxonomyOccupation; position: number } | undefined;
  at(position: number): TaxonomyOccupation;
  /** The classifications that tell of a country, and where their titles are: in every index, those that `accept` takes, or all. Indexed at the first call. */
  titlesIn(country: string): {
    readonly systems: readonly TaxonomySystem[];
    readonly indexes: readonly TitleIndex[];
    readonly accept: ((title: Title) => boolean) | undefined;
  };
  readonly reader: TitleReader;
}

const opened = new WeakMap<TaxonomyArtifact, Promise<Occupations>>();

export function occupationsOf(taxonomy: TaxonomyArtifact): Promise<Occupations> {
  let occupations = opened.get(taxonomy);
  if (!occupations) {
    occupations = open(taxonomy).catch((cause: unknown) => {
      opened.delete(taxonomy);
      throw cause;
    });
    opened.set(taxonomy, occupations);
  }
  return occupations;
}

async function open(taxonomy: TaxonomyArtifact): Promise<Occupations> {
  const [list, forms] = await Promise.all([taxonomy.part('occupations'), taxonomy.part('title-forms')]);
  const positions = new Map(list.map(({ id }, position) => [id, position]));
  const at = (position: number): TaxonomyOccupation => {
    const occupation = list[position];
    if (!occupation) throw new Error(`the taxonomy has no occupation at ${position}`);
    return occupation;
  };
  // Half of all titles are O*NET's, and few ask for them.
  const titlesWhere = (wanted: (occupation: TaxonomyOccupation) => boolean) =>
    once(() => openTitleIndex(list.filter(wanted).flatMap(titlesOf)));
  const common = titlesWhere(({ system }) => system !== 'onet');
  const american = titlesWhere(({ system }) => system === 'onet');
  return {
    version: taxonomy.manifest.version,
    at,
    findById: (id) => {
      const position = positions.get(id);
      return position === undefined ? undefined : { occupation: at(position), position };
    },
    titlesIn: (country) => {
      if (country === 'BR') return { systems: ['cbo', 'esco', 'own'], indexes: [common()], accept: undefined };
      return country === 'US'
        ? {
            systems: ['esco', 'onet'],
            indexes: [common(), american()],
            accept: ({ occupation }) => /^(esco|onet):/.test(occupation),
          }
        : { systems: ['esco'], indexes: [common()], accept: ({ occupation }) => occupation.startsWith('esco:') };
    },
    reader: titleReaderOf(forms),
  };
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The titles of all locales, without those that are spelled the same in another. */
function titlesOf({ id, labels }: TaxonomyOccupation): Title[] {
  const seen = new Set<string>();
  return locales.flatMap((locale) =>
    (labels[locale] ?? []).flatMap((text, place) => {
      const key = fold(text);
      if (seen.has(key)) return [];
      seen.add(key);
      return [{ text, occupation: id, place }];
    }),
  );
}

/** The occupation's name in that language, or in another of its own where it has none in that. */
export function nameOf(
  { labels }: TaxonomyOccupation,
  locale: Locale,
): { title: string; locale: string; aliases: readonly string[] } {
  for (const language of [locale, 'pt-BR', 'en', 'pt', 'es'] as const) {
    const [title, ...aliases] = labels[language] ?? [];
    if (title !== undefined) return { title, locale: language, aliases };
  }
  throw new Error('an occupation of the taxonomy has no label');
}
