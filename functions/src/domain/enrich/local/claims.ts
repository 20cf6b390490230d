import type { Quote, QuoteSource, SourceText } from '../../../contract/quote.ts';

/** So long a quote still shows what it is about. */
const longest = 400;

/** The words between two offsets, without the spaces around them; a longer stretch is cut after a word. */
export function quote({ text, source }: SourceText, start: number, end: number): Quote {
  let [from, to] = [start, Math.min(end, text.length)];
  while (from < to && /\s/.test(text[from] as string)) from++;
  if (to - from > longest) {
    to = from + longest;
    const space = text.lastIndexOf(' ', to);
    if (space > from + longest / 2) to = space;
    else if (/[\udc00-\udfff]/.test(text[to] ?? '')) to--;
  }
  while (to > from && /\s/.test(text[to - 1] as string)) to--;
  return { text: text.slice(from, to), source, start: from, end: to };
}

export const whole = (source: SourceText): Quote => quote(source, 0, source.text.length);

/** 0..1 with two decimals. */
export const sure = (confidence: number): number => Math.round(Math.max(0, Math.min(1, confidence)) * 100) / 100;

const keyOf = ({ source, start, end }: Quote) => `${sourceKey(source)} ${start} ${end}`;
export const sourceKey = (source: QuoteSource): string =>
  'field' in source ? `field ${source.field}` : `document ${source.documentId}`;

/** The quotes of both, each once, at most `most`. */
export function together(one: readonly Quote[], other: readonly Quote[], most = 5): Quote[] {
  const known = new Map<string, Quote>();
  for (const quote of [...one, ...other]) if (!known.has(keyOf(quote))) known.set(keyOf(quote), quote);
  return [...known.values()].slice(0, most);
}
