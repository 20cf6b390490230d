import { nameKey } from '../text/tokens.ts';

/** 1 for the same texts: twice the longest common subsequence of their folded letters by the letters of both, 0..1. */
export function editRatio(a: string, b: string): number {
  const [x, y] = [nameKey(a), nameKey(b)];
  if (x.length + y.length === 0) return 0;
  let row = new Uint16Array(y.length + 1);
  for (const letter of x) {
    const next = new Uint16Array(y.length + 1);
    for (let i = 1; i <= y.length; i++)
      next[i] = y[i - 1] === letter ? (row[i - 1] ?? 0) + 1 : Math.max(row[i] ?? 0, next[i - 1] ?? 0);
    row = next;
  }
  return (2 * (row[y.length] ?? 0)) / (x.length + y.length);
}

/** Jaccard's coefficient of their distinct folded words, 0..1. */
export function tokenOverlap(a: string, b: string): number {
  const [x, y] = [wordsOf(a), wordsOf(b)];
  const all = x.union(y).size;
  return all === 0 ? 0 : x.intersection(y).size / all;
}

/** A cluster's titles with how often each is used. */
export type UsedTitles = readonly { readonly title: string; readonly uses: number }[];

/**
 * How much a title's words are those of its cluster rather than of all: the cosine, 0..1, between the title and its cluster, words
 * weighing tf * idf with idf = ln((1 + clusters) / (1 + clusters that have the word)) + 1.
 */
export function tfIdfOf(clusters: readonly UsedTitles[]): (title: string, cluster: number) => number {
  const counts = clusters.map((titles) => {
    const words = new Map<string, number>();
    for (const { title, uses } of titles)
      for (const word of wordsOf(title)) words.set(word, (words.get(word) ?? 0) + uses);
    return words;
  });
  const having = new Map<string, number>();
  for (const words of counts) for (const word of words.keys()) having.set(word, (having.get(word) ?? 0) + 1);
  const idf = (word: string) => Math.log((1 + clusters.length) / (1 + (having.get(word) ?? 0))) + 1;
  return (title, cluster) => {
    const words = [...wordsOf(title)].map((word) => [word, idf(word)] as const);
    const whole = [...(counts[cluster] ?? [])].map(([word, count]) => [word, count * idf(word)] as const);
    const of = new Map(whole);
    const shared = words.reduce((sum, [word, weight]) => sum + weight * (of.get(word) ?? 0), 0);
    const length = (weights: readonly (readonly [string, number])[]) =>
      Math.hypot(...weights.map(([, weight]) => weight));
    return shared === 0 ? 0 : Math.min(1, shared / (length(words) * length(whole)));
  };
}

const wordsOf = (text: string): Set<string> => new Set(nameKey(text).split(' ').filter(Boolean));
