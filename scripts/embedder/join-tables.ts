import { openEncoder } from './encoder.ts';
import { multiplyTransposed } from './matrix.ts';
import { principalAxes } from './principal-axes.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One text in so many is looked at for the axes; texts are alike enough. */
const everyText = 10;
const chunk = 1_024;

/**
 * Several tables of one vocabulary as one of `dimensions` numbers a row: what a text is in each, side by side, seen along the
 * principal axes of all texts. A text's vector is a sum of rows, so that turning the rows turns the texts. Each training
 * wanders; their common part is what the examples say.
 */
export function joinTables(tables: readonly Float32Array[], vocabulary: Vocabulary, dimensions: number): Float32Array {
  const [only] = tables;
  if (only === undefined) throw new Error('there is no table to join');
  if (tables.length === 1) return only;
  const width = tables.length * dimensions;
  const axes = principalAxes(scatterOf(tables, vocabulary, dimensions), width, dimensions);
  const rows = only.length / dimensions;
  const beside = new Float32Array(rows * width);
  for (const [t, table] of tables.entries()) {
    for (let row = 0; row < rows; row++) {
      beside.set(table.subarray(row * dimensions, (row + 1) * dimensions), row * width + t * dimensions);
    }
  }
  const joined = new Float32Array(rows * dimensions);
  multiplyTransposed(beside, axes, joined, rows, dimensions, width);
  return joined;
}

/** The sum, over texts, of the outer product of their unit vectors side by side. */
function scatterOf(tables: readonly Float32Array[], vocabulary: Vocabulary, dimensions: number): Float64Array {
  const width = tables.length * dimensions;
  const scatter = new Float64Array(width * width);
  const encoders = tables.map((table) => openEncoder(vocabulary, table, dimensions));
  const count = vocabulary.texts.starts.length - 1;
  const texts = Uint32Array.from({ length: Math.floor(count / everyText) }, (_, i) => i * everyText);
  const vector = new Float64Array(width);
  for (let from = 0; from < texts.length; from += chunk) {
    const asked = texts.subarray(from, from + chunk);
    const parts = encoders.map((encoder) => {
      const out = new Float32Array(asked.length * dimensions);
      encoder.forward(asked, out);
      return out;
    });
    for (let i = 0; i < asked.length; i++) {
      for (const [t, part] of parts.entries()) {
        vector.set(part.subarray(i * dimensions, (i + 1) * dimensions), t * dimensions);
      }
      addOuter(vector, scatter);
    }
  }
  return scatter;
}

function addOuter(vector: Float64Array, to: Float64Array): void {
  for (let i = 0, at = 0; i < vector.length; i++) {
    const x = vector[i] as number;
    for (let j = 0; j < vector.length; j++, at++) to[at] = (to[at] as number) + x * (vector[j] as number);
  }
}
