import type { Quote, QuoteSource, SourceText } from '../../contract/quote.ts';

/** Finds a quote's words in the source that it names. */
export interface QuotedWords {
  /**
   * The quote as its source has it: at its span if the words are there, else where they stand exactly once in that source, runs
   * of white space counting as one space. Undefined where they are not there, stand more than once, or begin or end within a word.
   */
  find(quote: Quote): Quote | undefined;
}

interface Squeezed {
  readonly text: string;
  /** For each unit of `text`, where it is in the source. */
  readonly at: Uint32Array;
}

export function quotedWordsIn(sources: readonly SourceText[]): QuotedWords {
  const textOf = new Map(sources.map(({ source, text }) => [keyOf(source), text]));
  const squeezed = new Map<string, Squeezed>();
  const squeezedOf = (key: string, text: string) => {
    const known = squeezed.get(key) ?? squeeze(text);
    squeezed.set(key, known);
    return known;
  };
  return {
    find(quote) {
      const key = keyOf(quote.source);
      const text = textOf.get(key);
      if (text === undefined || !/[\p{L}\p{N}]/u.test(quote.text)) return undefined;
      const isThere = text.slice(quote.start, quote.end) === quote.text;
      const span = isThere ? quote : onlySpanOf(quote.text, squeezedOf(key, text));
      if (!span || !isWhole(text, span.start, span.end)) return undefined;
      return { text: text.slice(span.start, span.end), source: quote.source, start: span.start, end: span.end };
    },
  };
}

const keyOf = (source: QuoteSource) => ('field' in source ? `field ${source.field}` : `document ${source.documentId}`);

function onlySpanOf(words: string, { text, at }: Squeezed): { start: number; end: number } | undefined {
  const wanted = words.trim().replace(/\s+/g, ' ');
  const found = text.indexOf(wanted);
  if (found < 0 || text.indexOf(wanted, found + 1) >= 0) return undefined;
  return { start: at[found] as number, end: (at[found + wanted.length - 1] as number) + 1 };
}

function squeeze(text: string): Squeezed {
  const at = new Uint32Array(text.length);
  const parts: string[] = [];
  let length = 0;
  for (const { index, 0: run } of text.matchAll(/\s+|\S+/g)) {
    const isSpace = /^\s/.test(run);
    parts.push(isSpace ? ' ' : run);
    for (let i = 0; i < (isSpace ? 1 : run.length); i++) at[length++] = index + i;
  }
  return { text: parts.join(''), at };
}

const letter = /[\p{L}\p{N}]/u;

/** `Java` is not in `JavaScript`. */
const isWhole = (text: string, start: number, end: number) => !isWithin(text, start) && !isWithin(text, end);
const isWithin = (text: string, at: number) =>
  letter.test(charBefore(text, at)) && letter.test(String.fromCodePoint(text.codePointAt(at) ?? 32));

const charBefore = (text: string, at: number): string => {
  const unit = text[at - 1] ?? ' ';
  return /[\udc00-\udfff]/.test(unit) ? `${text[at - 2] ?? ''}${unit}` : unit;
};
