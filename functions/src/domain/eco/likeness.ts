import { tokenize } from '../text/tokens.ts';

/** Dice's coefficient of the character bigrams of both texts' folded words, 0..1: twice what they share by what they have. */
export function likeness(a: string, b: string): number {
  const [x, y] = [bigrams(a), bigrams(b)];
  let [shared, total] = [0, 0];
  for (const [gram, count] of x) {
    shared += Math.min(count, y.get(gram) ?? 0);
    total += count;
  }
  for (const count of y.values()) total += count;
  return total === 0 ? 0 : (2 * shared) / total;
}

function bigrams(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { folded } of tokenize(text, 60)) {
    const word = `<${folded}>`;
    for (let at = 0; at + 1 < word.length; at++) {
      const gram = word.slice(at, at + 2);
      counts.set(gram, (counts.get(gram) ?? 0) + 1);
    }
  }
  return counts;
}
