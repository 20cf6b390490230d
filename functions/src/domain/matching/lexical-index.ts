import { stem } from '../text/stem.ts';
import { characterGrams, gramBuckets } from './character-grams.ts';
import { gramWeights, inverseNorms, saturations, stemIdf } from './label-statistics.ts';
import { addWhere, clear, invert, sparseScores } from './postings.ts';
import { readWords, wordsOf } from './word-table.ts';

/** Texts that another text is compared with, word by word and letter by letter. */
export interface LexicalIndex {
  readonly size: number;
  /**
   * Calls `meet` once for each text with a score above 0, in no order. L = .5 * BM25 / (its highest value among all texts)
   * + cosine, at most 1.5: BM25 as in Robertson and Zaragoza 2009 over stems (k1 = 1.2, b = .75), the cosine that of TF-IDF
   * weighted character 3- to 5-grams of words. Texts are names: a word counts once in each, and 60 words are read.
   */
  match(text: string, meet: (row: number, score: number) => void): void;
}

/** Words less alike than this cosine are passed over: thousands share an ending and nothing else. */
const leastLikeness = 0.05;

/** What an index keeps of its texts; the words themselves it does not need. */
function tablesOf(texts: readonly string[]) {
  const { rows, stemOf, stems, gramsOf } = readWords(texts);
  const weights = gramWeights({ rows, gramsOf });
  const stemsOfRow = (row: Uint32Array) =>
    Uint32Array.from(new Set(Array.from(row, (word) => stemOf[word] as number).filter((id) => id >= 0)));
  return {
    stems,
    idf: stemIdf({ rows, stemOf, stems }),
    weights,
    saturationOf: saturations({ rows, stemOf }),
    textNorms: inverseNorms(
      rows.map((row) => Array.from(row, (word) => gramsOf[word] ?? [])),
      weights,
    ),
    wordNorms: inverseNorms(
      gramsOf.map((grams) => [grams]),
      weights,
    ),
    textsOfWord: invert(rows, gramsOf.length),
    wordsOfGram: invert(gramsOf, gramBuckets),
    textsOfStem: invert(rows.map(stemsOfRow), stems.size),
  };
}

/**
 * Indexes texts, once for a process. N-grams point at words and words at texts, so that an n-gram of 20,000 texts costs no
 * more than the few hundred words that have it, and only texts with a word like one of the query's are visited.
 */
export function openLexicalIndex(texts: readonly string[]): LexicalIndex {
  const size = texts.length;
  const { stems, idf, weights, saturationOf, textNorms, wordNorms, textsOfWord, wordsOfGram, textsOfStem } =
    tablesOf(texts);
  // Kept from call to call: clearing what was touched costs less than fresh arrays of this size.
  const words = sparseScores(wordNorms.length);
  const cosines = sparseScores(size);
  const bm25 = sparseScores(size);

  const matchLetters = (asked: readonly string[]) => {
    const grams = countGrams(asked);
    let square = 0;
    for (const [gram, count] of grams) {
      const weight = (weights[gram] as number) * count;
      square += weight * count;
      addWhere(wordsOfGram, gram, weight, words);
    }
    const norm = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (const word of words.touched) {
      const shared = (words.values[word] as number) * norm;
      if (shared * (wordNorms[word] as number) > leastLikeness) addWhere(textsOfWord, word, shared, cosines);
    }
  };

  const matchWords = (asked: readonly string[]): number => {
    for (const id of new Set(asked.map((word) => stems.get(stem(word))))) {
      if (id !== undefined) addWhere(textsOfStem, id, idf[id] as number, bm25);
    }
    let highest = 0;
    for (const row of bm25.touched)
      highest = Math.max(highest, (bm25.values[row] as number) * (saturationOf[row] as number));
    return highest > 0 ? 0.5 / highest : 0;
  };

  return {
    size,
    match(text, meet) {
      const asked = wordsOf(text);
      matchLetters(asked);
      const share = matchWords(asked);
      const scoreOf = (row: number) =>
        (cosines.values[row] as number) * (textNorms[row] as number) +
        (bm25.values[row] as number) * (saturationOf[row] as number) * share;
      for (const row of cosines.touched) meet(row, scoreOf(row));
      for (const row of bm25.touched) if (cosines.values[row] === 0) meet(row, scoreOf(row));
      for (const scores of [words, cosines, bm25]) clear(scores);
    },
  };
}

function countGrams(words: readonly string[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const word of words) for (const gram of characterGrams(word)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  return counts;
}
