import type { TermVector } from '../contract/candidate-record.ts';

/** pgvector's text form of a dense vector. @throws RangeError when a number is not finite: such a vector is never stored */
export function halfvec(vector: Float32Array): string {
  if (!vector.every(Number.isFinite)) throw new RangeError('a vector holds a number that is not finite');
  return `[${Array.from(vector, (x) => x.toPrecision(6)).join(',')}]`;
}

/** pgvector's text form of a bag of words. */
export function sparsevec({ terms, weights }: TermVector): string {
  return `{${terms.map((term, i) => `${term}:${weights[i]?.toPrecision(5)}`).join(',')}}/1000000000`;
}
