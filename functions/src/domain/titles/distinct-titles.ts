import type { Lexicon } from '../../contract/lexicon.ts';
import type { TitleUse } from '../../stores/title-evidence.ts';
import type { TitleReader } from '../eco/read-title.ts';
import { type Recognizer, recognizerOf } from '../text/recognizer.ts';
import { nameKey, tokenize } from '../text/tokens.ts';
import { resumeSource } from './source-trust.ts';

/** What kind of work a title says: one's own, learning it, or leading others. Titles of different kinds are never one job. */
export type TitleCategory = 'professional' | 'intern' | 'manager' | 'director' | 'vp' | 'c-level';

/** One title, in all the ways it was written. */
export interface DistinctTitle {
  /** As the title reader has it: without level, gender marks and abbreviations. */
  readonly reading: string;
  readonly category: TitleCategory;
  /** To be shown: as people write it, without what the reader left out. */
  readonly text: string;
  /** As it was written, the commonest first. */
  readonly written: readonly string[];
  readonly uses: number;
  /** By uses. */
  readonly sources: readonly { readonly source: string; readonly uses: number }[];
  readonly lastOn: string;
}

/** Gathers uses of what reads as one title; the commonest first, ties by reading. Titles without words are left out. */
export function distinctTitles(uses: readonly TitleUse[], reader: TitleReader, lexicon: Lexicon): DistinctTitle[] {
  const recognizer = recognizerOf(lexicon);
  const readings = new Map<string, { reading: string; category: TitleCategory }>();
  const readingOf = (title: string) => {
    let known = readings.get(title);
    if (!known) {
      const [reading = ''] = reader.read(title).titles;
      known = { reading: reading.replace(levelLeft, ''), category: categoryOf(title, reader, recognizer) };
      readings.set(title, known);
    }
    return known;
  };
  const groups = Map.groupBy(uses, ({ title }) => {
    const { reading, category } = readingOf(title);
    return `${category} ${reading}`;
  });
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (!first || readingOf(first.title).reading === '') return [];
      const known = readingOf(first.title);
      const written = ranked(group, ({ title }) => title);
      const sources = ranked(group, ({ source }) => source ?? resumeSource);
      return [
        {
          ...known,
          text: shown(
            known.reading,
            written.map(([title]) => title),
          ),
          written: written.map(([title]) => title),
          uses: group.reduce((sum, one) => sum + one.uses, 0),
          sources: sources.map(([source, count]) => ({ source, uses: count })),
          lastOn: group.reduce((last, one) => (one.lastOn > last ? one.lastOn : last), ''),
        },
      ];
    })
    .sort((a, b) => b.uses - a.uses || (a.reading < b.reading ? -1 : 1));
}

/** Levels that the reader leaves where they stand, since elsewhere in a title they are part of it: `especialista em`. */
const levelLeft = /^(?:staff|principal) (?=\S)|(?<=\S) (?:especialista|principal)$/;

const leading = ['c-level', 'vp', 'director', 'manager'] as const;

function categoryOf(title: string, reader: TitleReader, recognizer: Recognizer): TitleCategory {
  if (reader.read(title).seniority === 'intern') return 'intern';
  const named = new Set(recognizer.seniorities(title).map(({ value }) => value));
  return leading.find((level) => named.has(level)) ?? 'professional';
}

/** Keys with the uses of their rows together, the commonest first. */
function ranked(rows: readonly TitleUse[], keyOf: (row: TitleUse) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + row.uses);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** The reading in the letters of somebody who wrote all of its words; in its own where nobody did. */
function shown(reading: string, written: readonly string[]): string {
  const wanted = nameKey(reading).split(' ');
  const spoken = written.map((title) => lettersOf(title, wanted)).find((found) => found !== undefined) ?? reading;
  const text = /\p{Ll}/u.test(spoken) ? spoken : spoken.toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lettersOf(title: string, wanted: readonly string[]): string | undefined {
  const words = tokenize(title);
  const found = wanted.map((word) => words.find(({ folded }) => folded === word));
  const known = found.filter((word) => word !== undefined);
  return known.length < wanted.length ? undefined : known.map(({ start, end }) => title.slice(start, end)).join(' ');
}
