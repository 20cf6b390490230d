import { SparseVector, toSql } from 'pgvector';
import type { TermVector } from '../contract/candidate-record.ts';

// The size of the term space, as the column declares it.
const termSpace = 1_000_000_000;

/** pgvector's text form of a dense vector. @throws RangeError when a number is not finite: such a vector is never stored */
export function halfvec(vector: Float32Array): string {
  if (!vector.every(Number.isFinite)) throw new RangeError('a vector holds a number that is not finite');
  return `${toSql(Array.from(vector, (x) => Number(x.toPrecision(6))))}`;
}

/** pgvector's text form of a bag of words; terms count from 1 there and from 0 here. */
export function sparsevec({ terms, weights }: TermVector): string {
  const entries = terms.map((term, i) => [term - 1, Number(weights[i]?.toPrecision(5))] as const);
  return new SparseVector(new Map(entries), termSpace).toString();
}
