import { featuresOf, unitsOf, wordHash } from './features.ts';
import type { Model, QuantisedVectors } from './model.ts';
import { openHashTable, rowOf } from './rows.ts';

const maxWords = 4_000;
const rememberedWords = 20_000;

/**
 * A text's unit vector: the sum over its words and pairs of neighbouring words of sqrt(count) times their features' vectors.
 * About 0.05 ms for a title and 2 ms for a resume; words are remembered, at most 10 MB of them.
 */
export function openEncode(
  { manifest, hashes, idf, table }: Model,
  find = openHashTable(hashes),
): (text: string) => Float32Array {
  const { dimensions } = manifest;
  const known = new Map<string, Float32Array>();
  const vectorOf = (unit: string): Float32Array => {
    const remembered = known.get(unit);
    if (remembered) return remembered;
    const vector = new Float32Array(dimensions);
    for (const { hash, weight } of featuresOf(unit)) {
      const rank = find(hash);
      if (rank >= 0) add(table, rowOf(rank, hash, manifest), (weight * (idf[rank] as number)) / 255, vector);
    }
    // Words come back, pairs seldom do.
    if (!unit.includes(' ') && known.size < rememberedWords) known.set(unit, vector);
    return vector;
  };
  return (text) => {
    const sum = new Float32Array(dimensions);
    for (const [unit, count] of unitsOf(text, maxWords)) {
      const vector = vectorOf(unit);
      const weight = Math.sqrt(count);
      for (let i = 0; i < dimensions; i++) sum[i] = (sum[i] as number) + weight * (vector[i] as number);
    }
    return normalise(sum);
  };
}

/** Whether every word of a text is one that training met in two texts or more; of others only their letters are known. False for a text without letters. */
export function openKnows(find: (hash: number) => number): (text: string) => boolean {
  return (text) => {
    const words = [...unitsOf(text, maxWords).keys()].filter((unit) => !unit.includes(' '));
    return words.some((word) => /[a-z]/.test(word)) && words.every((word) => find(wordHash(word)) >= 0);
  };
}

/** All vectors as numbers of four bytes. */
export function expand(vectors: QuantisedVectors, dimensions: number): Float32Array {
  return Float32Array.from(
    vectors.values,
    (value, i) => value * (vectors.scales[Math.floor(i / dimensions)] as number),
  );
}

function add({ values, scales }: QuantisedVectors, row: number, weight: number, to: Float32Array): void {
  const scaled = weight * (scales[row] as number);
  for (let i = 0, at = row * to.length; i < to.length; i++)
    to[i] = (to[i] as number) + scaled * (values[at++] as number);
}

/** A unit vector; without a single feature a text still has to have a direction, since a null vector compares with nothing. */
export function normalise(vector: Float32Array): Float32Array {
  let square = 0;
  for (const x of vector) square += x * x;
  const length = Math.sqrt(square);
  if (length === 0) return vector.fill(1 / Math.sqrt(vector.length));
  return vector.map((x) => x / length);
}
