import { Random } from '../demo/random.ts';
import { openBatches } from './batches.ts';
import { openEncoder } from './encoder.ts';
import type { Examples } from './examples.ts';
import { multiplyTransposed, transpose } from './matrix.ts';
import { softmaxGradient } from './softmax-loss.ts';
import type { Vocabulary } from './vocabulary.ts';

export interface Training {
  readonly seed: string;
  readonly dimensions: number;
  readonly rows: number;
  /** Pairs in a step; a multiple of 4. */
  readonly batch: number;
  readonly steps: number;
  /** From the first to the last step, falling evenly. */
  readonly learningRate: readonly [number, number];
}

// The last three tenths of the steps are averaged, 72 states of them.
const averagedFrom = 0.7;
const averages = 240;

/** Trains a table of `rows` vectors; the same examples and settings give the same bytes on every machine. */
export function train(
  examples: Examples,
  vocabulary: Vocabulary,
  training: Training,
  say: (line: string) => void,
): Float32Array {
  const { dimensions: size, batch, steps } = training;
  const random = new Random(training.seed);
  const table = Float32Array.from({ length: training.rows * size }, () => normal(random) / Math.sqrt(size));
  const encoder = openEncoder(vocabulary, table, size);
  const next = openBatches(examples, batch, random);
  const vectors = new Float32Array(2 * batch * size);
  const gradients = new Float32Array(2 * batch * size);
  const left = vectors.subarray(0, batch * size);
  const right = vectors.subarray(batch * size);
  const similarities = new Float32Array(batch * batch);
  const turned = new Float32Array(batch * batch);
  const columns = new Float32Array(batch * size);
  const scratch = {
    exponentials: new Float32Array(batch * batch),
    rowSums: new Float32Array(batch),
    columnSums: new Float32Array(batch),
  };
  const texts = new Uint32Array(2 * batch);
  const tail = openAverage(table);
  const every = Math.max(1, Math.floor(steps / averages));
  const began = performance.now();
  let loss = 0;
  for (let step = 0; step < steps; step++) {
    const shown = next();
    texts.set(shown.left);
    texts.set(shown.right, batch);
    encoder.forward(texts, vectors);
    multiplyTransposed(left, right, similarities, batch, batch, size);
    loss += softmaxGradient(similarities, shown.masked, batch, shown.temperature, scratch);
    transpose(right, columns, batch, size);
    multiplyTransposed(similarities, columns, gradients.subarray(0, batch * size), batch, size, batch);
    transpose(similarities, turned, batch, batch);
    transpose(left, columns, batch, size);
    multiplyTransposed(turned, columns, gradients.subarray(batch * size), batch, size, batch);
    const [from, to] = training.learningRate;
    encoder.backward(gradients, from + ((to - from) * step) / steps);
    if (step >= steps * averagedFrom && step % every === 0) tail.add();
    if ((step + 1) % 500 === 0) {
      const seconds = Math.round((performance.now() - began) / 1000);
      say(`step ${step + 1} of ${steps}, ${seconds} s, mean loss ${(loss / 500).toFixed(3)}`);
      loss = 0;
    }
  }
  return tail.mean();
}

// The mean of the table over the last steps is nearer to the middle of where training wanders than its last state.
function openAverage(table: Float32Array) {
  const sum = new Float64Array(table.length);
  let count = 0;
  return {
    add() {
      for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (table[i] as number);
      count++;
    },
    mean: () => Float32Array.from(sum, (value) => value / count),
  };
}

// Twelve uniform numbers less six: close to normal, and the same everywhere, which logarithms and cosines are not bound to be.
function normal(random: Random): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += random.next();
  return sum;
}
