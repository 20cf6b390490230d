import { gramBuckets } from './character-grams.ts';
import type { WordTable } from './word-table.ts';

const k1 = 1.2;
const b = 0.75;

/** idf of BM25 for each stem: ln(1 + (N - n + .5) / (n + .5)), n being the texts that have it. */
export function stemIdf({ rows, stemOf, stems }: Pick<WordTable, 'rows' | 'stemOf' | 'stems'>): Float32Array {
  const counts = countRows(rows, stems.size, (word) => [stemOf[word] as number]);
  return Float32Array.from(counts, (count) => Math.log(1 + (rows.length - count + 0.5) / (count + 0.5)));
}

/** For each text what BM25 makes of a word that stands once in it, by its length against the mean. */
export function saturations({ rows, stemOf }: Pick<WordTable, 'rows' | 'stemOf'>): Float32Array {
  const lengths = rows.map((row) => row.reduce((sum, word) => sum + ((stemOf[word] as number) < 0 ? 0 : 1), 0));
  const mean = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length) || 1;
  return Float32Array.from(lengths, (length) => (k1 + 1) / (1 + k1 * (1 - b + (b * length) / mean)));
}

/** For each n-gram idf squared, since it weighs in both texts; idf = ln((1 + N) / (1 + n)) + 1. */
export function gramWeights({ rows, gramsOf }: Pick<WordTable, 'rows' | 'gramsOf'>): Float32Array {
  const counts = countRows(rows, gramBuckets, (word) => gramsOf[word] ?? []);
  const weights = new Float32Array(gramBuckets);
  for (let gram = 0; gram < gramBuckets; gram++) {
    weights[gram] = (Math.log((1 + rows.length) / (1 + (counts[gram] as number))) + 1) ** 2;
  }
  return weights;
}

/** For each text 1 / the length of its vector of n-grams. */
export function inverseNorms(texts: Iterable<readonly Iterable<number>[]>, weights: Float32Array): Float32Array {
  const counts = new Float32Array(gramBuckets);
  return Float32Array.from(texts, (lists) => {
    let square = 0;
    for (const list of lists) {
      for (const gram of list) {
        const count = counts[gram] as number;
        // (count + 1)^2 - count^2.
        square += (2 * count + 1) * (weights[gram] as number);
        counts[gram] = count + 1;
      }
    }
    for (const list of lists) for (const gram of list) counts[gram] = 0;
    return square > 0 ? 1 / Math.sqrt(square) : 0;
  });
}

/** For each term, the number of texts that have it; a term -1 is none. */
function countRows(rows: readonly Uint32Array[], terms: number, termsOf: (word: number) => Iterable<number>) {
  const counts = new Uint32Array(terms);
  // The text, counted from 1, that had a term last.
  const seen = new Uint32Array(terms);
  for (const [row, words] of rows.entries()) {
    for (const word of words) {
      for (const term of termsOf(word)) {
        if (term < 0 || seen[term] === row + 1) continue;
        seen[term] = row + 1;
        counts[term] = (counts[term] as number) + 1;
      }
    }
  }
  return counts;
}
