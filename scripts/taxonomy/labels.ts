import { fold } from '../lexicon/names.ts';

const wordsOf = (label: string) => fold(label).split(' ');

/**
 * A label that holds both genders as two: `Diretor técnico/Diretora técnica`. Two halves are two names when they begin
 * alike or have as many words; `importação/exportação` inside a longer name is neither, and stays.
 */
export function splitGendered(label: string): string[] {
  const parts = label
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const [one, other] = parts;
  if (one === undefined || other === undefined || parts.length > 2) return parts.length > 2 ? [label.trim()] : parts;
  const alike = fold(one).slice(0, 3) === fold(other).slice(0, 3) || wordsOf(one).length === wordsOf(other).length;
  return alike && Math.min(one.length, other.length) > 2 ? parts : [label.trim()];
}

/** `Chief Executive Officer (CEO)` is two names of one job. */
export function splitBracketed(label: string): string[] {
  const [, name = '', other = ''] = /^(.*?)(?:\s*\(([^()]*)\))?$/.exec(label.trim()) ?? [];
  return [name, other].filter((part) => part !== '');
}

/** Labels in their order without repetition by folded form. */
export function distinct(labels: Iterable<string>): string[] {
  const seen = new Map<string, string>();
  for (const label of labels) {
    const clean = label.replace(/\s+/g, ' ').trim();
    const key = fold(clean);
    if (key.length > 1 && !seen.has(key)) seen.set(key, clean);
  }
  return [...seen.values()];
}

/** A text on one line. */
export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Only the languages that have something. */
export function spoken<Value extends string | readonly string[]>(
  languages: Readonly<Record<string, Value>>,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(languages).filter(([, value]) => value.length > 0));
}
