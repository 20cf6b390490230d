import type { Lists, Vocabulary } from './vocabulary.ts';

/** The table being trained, and the way from it to the vectors of a batch of texts and back. */
export interface Encoder {
  readonly table: Float32Array;
  /** Unit vectors of these texts, one after another in `out`. */
  forward(texts: Uint32Array, out: Float32Array): void;
  /** Takes one step of Adagrad down `gradients`, given for what `forward` returned last. */
  backward(gradients: Float32Array, learningRate: number): void;
}

/**
 * A text is the sum of its units and a unit the sum of its rows; units that several texts of a batch share are summed once.
 * Adagrad keeps one accumulator for each row: the mean over its coordinates of the squared gradients so far.
 */
export function openEncoder({ texts, units }: Vocabulary, table: Float32Array, dimensions: number): Encoder {
  const size = dimensions;
  const accumulators = new Float32Array(table.length / size);
  const slotOfUnit = new Int32Array(units.starts.length - 1).fill(-1);
  const slotOfRow = new Int32Array(accumulators.length).fill(-1);
  let unitVectors = new Float32Array(0);
  let rowGradients = new Float32Array(0);
  let shown: Uint32Array = new Uint32Array(0);
  let vectors = new Float32Array(0);
  let lengths = new Float32Array(0);
  let used: number[] = [];

  return {
    table,
    forward(asked, out) {
      for (const unit of used) slotOfUnit[unit] = -1;
      used = number(asked, texts, slotOfUnit);
      if (unitVectors.length < used.length * size) unitVectors = new Float32Array(2 * used.length * size);
      for (const [slot, unit] of used.entries()) gather(units, unit, table, undefined, unitVectors, slot * size, size);
      shown = asked;
      if (vectors.length !== asked.length * size) vectors = new Float32Array(asked.length * size);
      if (lengths.length !== asked.length) lengths = new Float32Array(asked.length);
      for (const [i, text] of asked.entries()) {
        gather(texts, text, unitVectors, slotOfUnit, vectors, i * size, size);
        lengths[i] = normalise(vectors, i * size, size);
      }
      out.set(vectors);
    },
    backward(gradients, learningRate) {
      const unitGradients = unitVectors.fill(0, 0, used.length * size);
      for (const [i, text] of shown.entries()) {
        throughNormalise(gradients, vectors, i * size, size, lengths[i] as number);
        spread(texts, text, gradients, i * size, slotOfUnit, unitGradients, size);
      }
      const rows = number(Uint32Array.from(used), units, slotOfRow);
      if (rowGradients.length < rows.length * size) rowGradients = new Float32Array(2 * rows.length * size);
      rowGradients.fill(0, 0, rows.length * size);
      for (const [slot, unit] of used.entries()) {
        spread(units, unit, unitGradients, slot * size, slotOfRow, rowGradients, size);
      }
      for (const [slot, row] of rows.entries()) {
        slotOfRow[row] = -1;
        step(table, row * size, rowGradients, slot * size, size, accumulators, row, learningRate);
      }
    },
  };
}

/** to = the weighted sum of a list's vectors, four at a time since most of the work is loading and storing. */
function gather(
  { starts, items, weights }: Lists,
  list: number,
  from: Float32Array,
  slots: Int32Array | undefined,
  to: Float32Array,
  at: number,
  size: number,
): void {
  const end = starts[list + 1] as number;
  let i = starts[list] as number;
  const place = (k: number) => {
    const item = items[k] as number;
    return (slots === undefined ? item : (slots[item] as number)) * size;
  };
  to.fill(0, at, at + size);
  for (; i + 4 <= end; i += 4) {
    const [w0, w1, w2, w3] = [
      weights[i] as number,
      weights[i + 1] as number,
      weights[i + 2] as number,
      weights[i + 3] as number,
    ];
    let a = place(i);
    let b = place(i + 1);
    let c = place(i + 2);
    let d = place(i + 3);
    for (let o = at; o < at + size; o++) {
      to[o] =
        (to[o] as number) +
        w0 * (from[a++] as number) +
        w1 * (from[b++] as number) +
        w2 * (from[c++] as number) +
        w3 * (from[d++] as number);
    }
  }
  for (; i < end; i++) {
    const weight = weights[i] as number;
    let a = place(i);
    for (let o = at; o < at + size; o++) to[o] = (to[o] as number) + weight * (from[a++] as number);
  }
}

/** The way back of `gather`: adds the weighted vector to each of the list's vectors. */
function spread(
  { starts, items, weights }: Lists,
  list: number,
  from: Float32Array,
  at: number,
  slots: Int32Array,
  to: Float32Array,
  size: number,
): void {
  const end = starts[list + 1] as number;
  for (let i = starts[list] as number; i < end; i++) {
    const weight = weights[i] as number;
    let target = (slots[items[i] as number] as number) * size;
    for (let o = at; o < at + size; o++, target++) to[target] = (to[target] as number) + weight * (from[o] as number);
  }
}

/** Gives each distinct item of these lists a slot, in order of appearance. */
function number(asked: Uint32Array, lists: Lists, slots: Int32Array): number[] {
  const items: number[] = [];
  for (const list of asked) {
    for (let i = lists.starts[list] as number; i < (lists.starts[list + 1] as number); i++) {
      const item = lists.items[i] as number;
      if (slots[item] !== -1) continue;
      slots[item] = items.length;
      items.push(item);
    }
  }
  return items;
}

function normalise(vectors: Float32Array, at: number, size: number): number {
  let square = 0;
  for (let o = at; o < at + size; o++) square += (vectors[o] as number) * (vectors[o] as number);
  const length = Math.sqrt(square) || 1;
  for (let o = at; o < at + size; o++) vectors[o] = (vectors[o] as number) / length;
  return length;
}

// With x = u / |u|, the gradient of u is (g - x (x . g)) / |u|.
function throughNormalise(
  gradients: Float32Array,
  vectors: Float32Array,
  at: number,
  size: number,
  length: number,
): void {
  let along = 0;
  for (let o = at; o < at + size; o++) along += (gradients[o] as number) * (vectors[o] as number);
  for (let o = at; o < at + size; o++) {
    gradients[o] = ((gradients[o] as number) - along * (vectors[o] as number)) / length;
  }
}

function step(
  table: Float32Array,
  at: number,
  gradients: Float32Array,
  from: number,
  size: number,
  accumulators: Float32Array,
  row: number,
  learningRate: number,
): void {
  let square = 0;
  for (let o = from; o < from + size; o++) square += (gradients[o] as number) * (gradients[o] as number);
  const sum = (accumulators[row] as number) + square / size;
  accumulators[row] = sum;
  const rate = learningRate / (Math.sqrt(sum) + 1e-8);
  for (let o = 0; o < size; o++) table[at + o] = (table[at + o] as number) - rate * (gradients[from + o] as number);
}
