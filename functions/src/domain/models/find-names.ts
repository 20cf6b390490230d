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
  const words = [...folded(fullName).text.matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => word);
  const { text: plain, at } = folded(text);
  const span = (start: number, end: number): Span => ({ start: at[start] as number, end: at[end] as number });
  const found: Span[] = [];
  if (words.length > 1) {
    const whole = new RegExp(`(?<![\\p{L}\\p{N}])${words.join('[^\\p{L}\\p{N}\\n]{1,3}')}(?![\\p{L}\\p{N}])`, 'gu');
    for (const { index, 0: match } of plain.matchAll(whole)) found.push(span(index, index + match.length));
  }
  const parts = words.filter((word) => word.length > 1 && !particles.has(word));
  if (parts.length === 0) return found;
  const part = new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join('|')})(?![\\p{L}\\p{N}])`, 'gu');
  for (const { index, 0: match } of plain.matchAll(part)) {
    const one = span(index, index + match.length);
    if (/^\p{Lu}/u.test(text.slice(one.start, one.end))) found.push(one);
  }
  return found;
}

/** Lower case without accents, with where each unit stood; one more position for the end. */
function folded(text: string): { readonly text: string; readonly at: readonly number[] } {
  const at: number[] = [];
  let plain = '';
  for (let i = 0; i < text.length; i++) {
    const unit = text[i] as string;
    const base = unit < '\u0080' ? unit.toLowerCase() : unit.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    if (base === '') continue;
    // What folds into several units keeps the first: every unit has one place.
    plain += base[0];
    at.push(i);
  }
  at.push(text.length);
  return { text: plain, at };
}
