/** Measures of one ranking, each 0..1. `ranked` holds ids, best first and each once; `relevant` is not empty. */

/** The mean, over the relevant documents, of the precision at their ranks; one that was not found counts 0. */
export function averagePrecision(ranked: readonly string[], relevant: ReadonlySet<string>): number {
  let found = 0;
  let sum = 0;
  for (const [i, id] of ranked.entries()) if (relevant.has(id)) sum += ++found / (i + 1);
  return sum / relevant.size;
}

/** 1 / the rank of the first relevant document. */
export function reciprocalRank(ranked: readonly string[], relevant: ReadonlySet<string>): number {
  const first = ranked.findIndex((id) => relevant.has(id));
  return first < 0 ? 0 : 1 / (first + 1);
}

/** The share of relevant ones among the first k; places left empty count against it. */
export function precisionAt(k: number, ranked: readonly string[], relevant: ReadonlySet<string>): number {
  return hits(k, ranked, relevant) / k;
}

/** R-precision at k (Decorte et al. 2022): hits among the first k, of as many as there could be: min(k, relevant). */
export function rPrecisionAt(k: number, ranked: readonly string[], relevant: ReadonlySet<string>): number {
  return hits(k, ranked, relevant) / Math.min(k, relevant.size);
}

/** 1 when the first k hold a relevant one. */
export function accuracyAt(k: number, ranked: readonly string[], relevant: ReadonlySet<string>): number {
  return hits(k, ranked, relevant) > 0 ? 1 : 0;
}

const hits = (k: number, ranked: readonly string[], relevant: ReadonlySet<string>) =>
  ranked.slice(0, k).filter((id) => relevant.has(id)).length;

/** Means of several measures over several rankings; where one is undefined, that ranking is left out of its mean. */
export function means<Name extends string>(
  rows: readonly Readonly<Record<Name, number | undefined>>[],
): Record<Name, number> {
  const [first] = rows;
  if (first === undefined) throw new Error('there is no judged query');
  const names = Object.keys(first) as Name[];
  return Object.fromEntries(names.map((name) => [name, mean(rows.map((row) => row[name]))])) as Record<Name, number>;
}

function mean(numbers: readonly (number | undefined)[]): number {
  const given = numbers.filter((number) => number !== undefined);
  return given.reduce((sum, number) => sum + number, 0) / given.length;
}

/** At most `count` items, evenly spread. */
export function evenly<T>(items: readonly T[], count: number): T[] {
  const every = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, i) => items[Math.floor(i * every)] as T);
}
