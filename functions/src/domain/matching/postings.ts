/** Which lists hold a term: those of term t stand, ascending, in `lists` from `starts[t]` up to `starts[t + 1]`. */
export interface Postings {
  readonly starts: Uint32Array;
  readonly lists: Uint32Array;
}

/** Inverts lists of terms 0..`terms`-1; a list that names a term twice holds it twice. */
export function invert(termLists: readonly Uint32Array[], terms: number): Postings {
  const starts = new Uint32Array(terms + 1);
  for (const list of termLists) for (const term of list) starts[term + 1] = at(starts, term + 1) + 1;
  for (let term = 0; term < terms; term++) starts[term + 1] = at(starts, term + 1) + at(starts, term);
  const lists = new Uint32Array(at(starts, terms));
  const next = starts.slice();
  for (const [number, list] of termLists.entries()) {
    for (const term of list) {
      const place = at(next, term);
      lists[place] = number;
      next[term] = place + 1;
    }
  }
  return { starts, lists };
}

/** Scores of lists of which most stay 0; `touched` names the others, in no order. */
export interface SparseScores {
  readonly values: Float32Array;
  readonly touched: number[];
}

export const sparseScores = (size: number): SparseScores => ({ values: new Float32Array(size), touched: [] });

/** Adds `amount`, above 0, to the score of every list that holds the term. */
export function addWhere(
  { starts, lists }: Postings,
  term: number,
  amount: number,
  { values, touched }: SparseScores,
): void {
  const end = at(starts, term + 1);
  for (let i = at(starts, term); i < end; i++) {
    const list = lists[i] as number;
    const before = values[list] as number;
    if (before === 0) touched.push(list);
    values[list] = before + amount;
  }
}

/** All scores 0 again, without touching what is 0. */
export function clear({ values, touched }: SparseScores): void {
  for (const list of touched) values[list] = 0;
  touched.length = 0;
}

const at = (array: Uint32Array, i: number): number => array[i] as number;
