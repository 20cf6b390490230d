import { functionWords } from '../text/function-words.ts';
import { stem } from '../text/stem.ts';
import { tokenize } from '../text/tokens.ts';
import { characterGrams } from './character-grams.ts';

/** Many texts taken apart: numbers for their distinct words, and for the stems of these. */
export interface WordTable {
  /** For each text its distinct words. */
  readonly rows: readonly Uint32Array[];
  /** For each word its stem, or -1 for a function word. */
  readonly stemOf: Int32Array;
  readonly stems: ReadonlyMap<string, number>;
  /** For each word its character n-grams. */
  readonly gramsOf: readonly Uint32Array[];
}

/** A title or the name of a skill is shorter; whatever comes after is not read, so that no text takes long. */
const maxWords = 60;

/** The distinct folded words of a text. */
export const wordsOf = (text: string): string[] => [...new Set(tokenize(text, maxWords).map(({ folded }) => folded))];

export function readWords(texts: readonly string[]): WordTable {
  const ids = new Map<string, number>();
  const rows = texts.map((text) => Uint32Array.from(wordsOf(text), (word) => numberOf(ids, word)));
  const stems = new Map<string, number>();
  const stemOf = Int32Array.from(ids.keys(), (word) => (functionWords.has(word) ? -1 : numberOf(stems, stem(word))));
  return { rows, stemOf, stems, gramsOf: Array.from(ids.keys(), characterGrams) };
}

function numberOf(ids: Map<string, number>, name: string): number {
  let id = ids.get(name);
  if (id === undefined) ids.set(name, (id = ids.size));
  return id;
}
