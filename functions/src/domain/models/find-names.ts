/** A stretch of a text in UTF-16 units, `end` past it. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

const particles = new Set(['da', 'das', 'de', 'del', 'di', 'do', 'dos', 'e', 'la', 'van', 'von']);

/**
 * Where the person is named: the whole name however it is written, its parts wherever they begin with a capital. Accents, and
 * how they are composed, make no difference. `campos` is a word and `Campos` may be a name, so the latter goes even where it is
 * part of a town.
 */
export function findNames(text: string, fullName: string): Span[] {
  const name = wordsOf(folded(fullName).text).map(({ word }) => word);
  const parts = new Set(name.filter((word) => word.length > 1 && !particles.has(word)));
  const { text: plain, at } = folded(text);
  const words = wordsOf(plain);
  const isName = (from: number) =>
    name.every(
      (word, i) => words[from + i]?.word === word && (i === 0 || isGap(plain, words[from + i - 1], words[from + i])),
    );
  const found: Span[] = [];
  for (const [i, { word, start, end }] of words.entries()) {
    if (name.length > 1 && word === name[0] && isName(i))
      found.push({ start: at[start] as number, end: at[words[i + name.length - 1]?.end ?? end] as number });
    const one = { start: at[start] as number, end: at[end] as number };
    if (parts.has(word) && /^\p{Lu}/u.test(text.slice(one.start, one.end))) found.push(one);
  }
  return found;
}

type Word = Span & { readonly word: string };

const wordsOf = (plain: string): Word[] =>
  [...plain.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index, 0: word }) => ({
    word,
    start: index,
    end: index + word.length,
  }));

/** What may stand between two words of a name: little, and no new line. */
function isGap(plain: string, before: Word | undefined, after: Word | undefined): boolean {
  const gap = plain.slice(before?.end, after?.start);
  return gap.length <= 3 && !gap.includes('\n');
}

// Of what was met: a text has few different units.
const bases = new Map<string, string>();

/** Empty for an accent by itself. What folds into several units keeps the first, so that every unit has one place. */
function baseOf(unit: string): string {
  const base = unit.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()[0] ?? '';
  if (bases.size < 5_000) bases.set(unit, base);
  return base;
}

/** Lower case without accents, with where each unit stood; one more position for the end. */
function folded(text: string): { readonly text: string; readonly at: readonly number[] } {
  const at: number[] = [];
  let plain = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text[i] as string;
    const base = bases.get(unit) ?? baseOf(unit);
    if (base === '') continue;
    plain += base;
    at.push(i);
  }
  at.push(text.length);
  return { text: plain, at };
}
