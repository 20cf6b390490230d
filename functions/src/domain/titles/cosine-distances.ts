import { dots, stack } from '../matching/vectors.ts';

/** How far items are from each other, by position; symmetric, 0 from an item to itself. */
export interface Distances {
  readonly size: number;
  between(one: number, other: number): number;
}

/** 1 - cosine of unit vectors, 0..2; four bytes for each pair. */
export function cosineDistances(vectors: readonly Float32Array[]): Distances {
  const size = vectors.length;
  const table = stack(vectors, size, vectors[0]?.length ?? 1);
  const cosines = new Float32Array(size * size);
  for (const [row, vector] of vectors.entries()) dots(table, vector, cosines.subarray(row * size, (row + 1) * size));
  return {
    size,
    between: (one, other) => (one === other ? 0 : 1 - (cosines[one * size + other] ?? 0)),
  };
}
