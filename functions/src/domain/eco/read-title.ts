import type { Seniority } from '../../contract/candidate.ts';
import type { TaxonomyTitleForm } from '../../contract/taxonomy.ts';
import { fold, nameKey, tokenize } from '../text/tokens.ts';

/** What a written title says. */
export interface TitleReading {
  /** The occupation's words without level, gender marks and the advert's own words; more than one where an abbreviation may mean several things; none in a text without words. */
  readonly titles: readonly string[];
  /** The level it names, if any. */
  readonly seniority: Seniority | null;
}

/** Reads titles as people write them. One for each list of forms. */
export interface TitleReader {
  read(title: string): TitleReading;
}

interface Forms {
  readonly abbreviations: ReadonlyMap<string, readonly string[]>;
  readonly levels: ReadonlyMap<string, Seniority>;
  readonly noise: ReadonlySet<string>;
  /** The longest phrase among them, in words. */
  readonly longest: number;
}

const readers = new WeakMap<readonly TaxonomyTitleForm[], TitleReader>();

export function titleReaderOf(forms: readonly TaxonomyTitleForm[]): TitleReader {
  let reader = readers.get(forms);
  if (!reader) readers.set(forms, (reader = build(forms)));
  return reader;
}

function build(list: readonly TaxonomyTitleForm[]): TitleReader {
  const abbreviations = new Map<string, readonly string[]>();
  const levels = new Map<string, Seniority>();
  const noise = new Set<string>();
  const marks: string[] = [];
  for (const form of list) {
    const key = nameKey(form.written);
    if (form.kind === 'abbreviation') abbreviations.set(key, form.meant);
    else if (form.kind === 'level') levels.set(key, form.level);
    else if (form.kind === 'noise') noise.add(key);
    else marks.push(fold(form.written));
  }
  const keys = [...abbreviations.keys(), ...levels.keys(), ...noise];
  const longest = Math.max(1, ...keys.map((key) => key.split(' ').length));
  const forms: Forms = { abbreviations, levels, noise, longest };
  // The longest first, and only where the word ends with it: `/a` is not the beginning of `/analista`.
  const mark = new RegExp(
    `(?:${marks
      .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
      .map((text) => RegExp.escape(text))
      .join('|')})(?![\\p{L}\\p{N}])`,
    'gu',
  );
  return { read: (title) => readWith(forms, marks.length === 0 ? fold(title) : fold(title).replaceAll(mark, ' ')) };
}

// A level behind the title as Brazilian firms number them: `Analista de sistemas II`.
const numerals: Readonly<Record<string, Seniority>> = { i: 'junior', ii: 'mid', iii: 'senior' };

function readWith({ abbreviations, levels, noise, longest }: Forms, title: string): TitleReading {
  const words = tokenize(title, 60).map(({ folded }) => folded);
  const plain: string[] = [];
  const first: string[] = [];
  const second: string[] = [];
  let seniority: Seniority | null = null;
  for (let at = 0; at < words.length; ) {
    let taken = 0;
    for (let length = Math.min(longest, words.length - at); length > 0 && taken === 0; length--) {
      const phrase = words.slice(at, at + length).join(' ');
      const level = levels.get(phrase);
      const meant = abbreviations.get(phrase);
      if (level) seniority ??= level;
      else if (meant) {
        first.push(meant[0] ?? phrase);
        second.push(meant[1] ?? meant[0] ?? phrase);
        plain.push(phrase);
      } else if (!noise.has(phrase)) continue;
      taken = length;
    }
    const word = words[at] ?? '';
    const numeral = at > 0 && at === words.length - 1 ? numerals[word] : undefined;
    if (taken === 0 && numeral) seniority ??= numeral;
    else if (taken === 0) for (const reading of [plain, first, second]) reading.push(word);
    at += Math.max(1, taken);
  }
  const titles = [...new Set([first, second, plain].map((reading) => reading.join(' ')))].filter((text) => text !== '');
  // `Estagiário` is all there is: then the level is the title too.
  return { titles: titles.length > 0 || words.length === 0 ? titles : [words.join(' ')], seniority };
}
