import type { TermVector } from '../../contract/candidate-record.ts';
import { functionWords } from './function-words.ts';
import { stem } from './stem.ts';
import { tokenize } from './tokens.ts';

/** A part of a document with its say in the score; `pivot` is the length in words at which length neither helps nor harms. */
export interface Field {
  readonly text: string;
  readonly boost: number;
  readonly pivot: number;
}

const k1 = 1.2;
const b = 0.75;
const k3 = 8;
// pgvector's sparse vectors have at most 10^9 coordinates, counted from 1.
const termSpace = 1_000_000_000;
// And at most 16,000 that are not zero; what is mentioned least gives way.
const maxTerms = 15_000;

/** The meaningful words of a text as stems, in order and with repetition. */
export function stemsOf(text: string): string[] {
  return tokenize(text)
    .filter((token) => !functionWords.has(token.folded))
    .map((token) => stem(token.folded));
}

/**
 * A document as saturated BM25F weights (Zaragoza et al. 2004): for each term, tf' = sum over fields of
 * boost * tf / (1 - b + b * length / pivot), weight = tf' / (k1 + tf'), with k1 = 1.2 and b = .75. The pivots are constants and
 * not averages over the pool, so that a person's weights depend on that person alone. Concepts (`skill:java`) count as one
 * occurrence each with boost 1.5.
 */
export function analyzeDocument(fields: readonly Field[], concepts: Iterable<string>): TermVector {
  const frequency = new Map<number, number>();
  const add = (term: string, amount: number) => {
    const hash = hashTerm(term);
    frequency.set(hash, (frequency.get(hash) ?? 0) + amount);
  };
  for (const { text, boost, pivot } of fields) {
    const stems = stemsOf(text);
    const norm = 1 - b + (b * stems.length) / pivot;
    for (const term of stems) add(term, boost / norm);
  }
  for (const concept of concepts) add(concept, 1.5);
  return sortedVector(frequency, (tf) => tf / (k1 + tf));
}

/**
 * A query's terms, weighted (k3 + 1) * qtf / (k3 + qtf) with k3 = 8 as in Okapi's BM25 (Robertson et al. 1994): a job
 * description that says a word four times wants it three times as much. Concepts count as 1.5 occurrences.
 */
export function analyzeQuery(text: string, concepts: Iterable<string>): TermVector {
  const frequency = new Map<number, number>();
  for (const term of stemsOf(text)) frequency.set(hashTerm(term), (frequency.get(hashTerm(term)) ?? 0) + 1);
  for (const concept of concepts) frequency.set(hashTerm(concept), 1.5);
  return sortedVector(frequency, (qtf) => ((k3 + 1) * qtf) / (k3 + qtf));
}

function sortedVector(frequency: ReadonlyMap<number, number>, weigh: (tf: number) => number): TermVector {
  const heaviest = [...frequency].sort(([x, a], [y, b]) => b - a || x - y).slice(0, maxTerms);
  const entries = heaviest.sort(([x], [y]) => x - y);
  return { terms: entries.map(([term]) => term), weights: entries.map(([, tf]) => weigh(tf)) };
}

/** FNV-1a with a finaliser, 1..10^9. Two words of a pool of 100,000 share a hash with probability 5 in a thousand million pairs. */
function hashTerm(term: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) % termSpace) + 1;
}
