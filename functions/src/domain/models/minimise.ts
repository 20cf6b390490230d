import type { SourceText } from '../../contract/quote.ts';
import { findNames, type Span } from './find-names.ts';
import { type PersonalKind, personalPatterns } from './personal-patterns.ts';

/** What is known of the person beside the text, and must not be in it. */
export interface KnownOfPerson {
  readonly fullName: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly links?: readonly string[];
}

export interface Minimised {
  /** As long as the text, so that offsets into one are offsets into the other. */
  readonly text: string;
  readonly removed: readonly (Span & { readonly kind: PersonalKind })[];
}

// Seen by a model as something left out, and copied by it as it is; blanks in a row would be joined.
const filler = '_';

/**
 * Leaves out of a text what a model needs not know to judge somebody's work: name, e-mail, phone, links, street address, birth
 * date, documents. Each letter or digit of it becomes `_`; white space stays. Towns, employers and dates of jobs stay as well.
 * By patterns and by what is known of the person: a name of somebody else is not found.
 */
export function minimise(text: string, known: KnownOfPerson): Minimised {
  const removed = [...byPattern(text), ...byKnowledge(text, known)].toSorted((a, b) => a.start - b.start);
  let minimised = '';
  for (const { start, end } of removed) {
    if (end <= minimised.length) continue;
    minimised += text.slice(minimised.length, Math.max(start, minimised.length));
    minimised += text.slice(minimised.length, end).replace(/\S/g, filler);
  }
  return { text: minimised + text.slice(minimised.length), removed };
}

/** The same for texts that quotes point into. */
export function minimiseSources(sources: readonly SourceText[], known: KnownOfPerson): SourceText[] {
  return sources.map(({ source, text }) => ({ source, text: minimise(text, known).text }));
}

const byPattern = (text: string) =>
  personalPatterns.flatMap(({ kind, pattern }) =>
    [...text.matchAll(pattern)].map(({ index, 0: match, 1: data = match }) => {
      const end = index + match.length;
      return { kind, start: end - data.length, end };
    }),
  );

function byKnowledge(text: string, { fullName, email, phone, links = [] }: KnownOfPerson) {
  const lower = text.toLowerCase();
  const literal = (kind: PersonalKind, value: string | undefined) =>
    value === undefined ? [] : occurrences(lower, value.toLowerCase()).map((span) => ({ kind, ...span }));
  const bare = links.map((link) => link.replace(/^https?:\/\/(?:www\.)?|\/$/gi, ''));
  return [
    ...findNames(text, fullName).map((span) => ({ kind: 'name' as const, ...span })),
    ...literal('email', email),
    ...literal('phone', phone),
    ...bare.flatMap((link) => literal('link', link)),
  ];
}

function occurrences(text: string, value: string): Span[] {
  const found: Span[] = [];
  if (value.length < 5) return found;
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length))
    found.push({ start: at, end: at + value.length });
  return found;
}
