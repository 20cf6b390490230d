import type { QuantisedVectors } from '../../functions/src/platform/local-embedder/model.ts';

/** Each vector as a scale and whole numbers from -127 to 127, rounded to the nearest. */
export function quantise(vectors: Float32Array, dimensions: number): QuantisedVectors {
  const scales = new Float32Array(vectors.length / dimensions);
  const values = new Int8Array(vectors.length);
  for (let row = 0; row < scales.length; row++) {
    const vector = vectors.subarray(row * dimensions, (row + 1) * dimensions);
    const highest = vector.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    // Rounded to what is stored of it before it is used.
    const scale = Math.fround(highest / 127);
    scales[row] = scale;
    if (scale > 0) for (const [i, x] of vector.entries()) values[row * dimensions + i] = Math.round(x / scale);
  }
  return { scales, values };
}
