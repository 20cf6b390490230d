import type { TaxonomyOccupation } from '../../functions/src/contract/taxonomy.ts';
import { genders } from './examples.ts';

/**
 * The middle of each occupation's names: each language's mean, and the mean of these, so that sixty English names do not
 * outweigh two Portuguese ones. Unit vectors, one after another.
 */
export function conceptVectors(
  occupations: readonly TaxonomyOccupation[],
  encode: (text: string) => Float32Array,
  dimensions: number,
): Float32Array {
  const all = new Float32Array(occupations.length * dimensions);
  for (const [i, { labels }] of occupations.entries()) {
    const vector = all.subarray(i * dimensions, (i + 1) * dimensions);
    for (const names of Object.values(labels)) {
      const distinct = [...new Set(names.flatMap(genders))];
      const mean = new Float32Array(dimensions);
      for (const name of distinct) for (const [o, x] of encode(name).entries()) mean[o] = (mean[o] as number) + x;
      const length = Math.hypot(...mean) || 1;
      for (let o = 0; o < dimensions; o++) vector[o] = (vector[o] as number) + (mean[o] as number) / length;
    }
    const length = Math.hypot(...vector) || 1;
    for (let o = 0; o < dimensions; o++) vector[o] = (vector[o] as number) / length;
  }
  return all;
}
