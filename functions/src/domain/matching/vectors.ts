/** Vectors of one length, row after row. */
export interface Vectors {
  readonly dimensions: number;
  readonly values: Float32Array;
}

/** Turns a text into a unit vector. */
export type Encode = (text: string) => Float32Array;

export const countOf = ({ values, dimensions }: Vectors): number => values.length / dimensions;

/** Vectors in the order given. */
export function stack(vectors: Iterable<Float32Array>, count: number, dimensions: number): Vectors {
  const values = new Float32Array(count * dimensions);
  let at = 0;
  for (const vector of vectors) {
    values.set(vector, at);
    at += dimensions;
  }
  return { dimensions, values };
}

export function dot({ values, dimensions }: Vectors, row: number, vector: Float32Array): number {
  let sum = 0;
  for (let i = 0, at = row * dimensions; i < dimensions; i++) sum += (values[at++] as number) * (vector[i] as number);
  return sum;
}

/** The inner product of every row with a vector, four sums at a time. */
export function dots({ values, dimensions }: Vectors, vector: Float32Array, out: Float32Array): Float32Array {
  for (let row = 0, at = 0; row < out.length; row++) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let i = 0; i + 4 <= dimensions; i += 4, at += 4) {
      a += (values[at] as number) * (vector[i] as number);
      b += (values[at + 1] as number) * (vector[i + 1] as number);
      c += (values[at + 2] as number) * (vector[i + 2] as number);
      d += (values[at + 3] as number) * (vector[i + 3] as number);
    }
    out[row] = a + b + c + d;
  }
  return out;
}

/** The mean of some rows, of length 1. */
export function middleOf({ values, dimensions }: Vectors, rows: readonly number[]): Float32Array {
  const sum = new Float32Array(dimensions);
  for (const row of rows) {
    for (let i = 0, at = row * dimensions; i < dimensions; i++) sum[i] = (sum[i] as number) + (values[at++] as number);
  }
  return normalise(sum);
}

/** Of length 1, in place; a null vector stays one. */
export function normalise(vector: Float32Array): Float32Array {
  let square = 0;
  for (const x of vector) square += x * x;
  if (square > 0)
    for (let i = 0, length = Math.sqrt(square); i < vector.length; i++) vector[i] = (vector[i] as number) / length;
  return vector;
}

/** Positions of the `count` largest numbers, largest first; equals in ascending order. */
export function largest(numbers: Float32Array, count: number): number[] {
  if (count <= 16) return few(numbers, count);
  const sorted = numbers.toSorted();
  const floor = sorted[Math.max(0, numbers.length - count)] as number;
  const top: number[] = [];
  for (let i = 0; i < numbers.length; i++) if ((numbers[i] as number) >= floor) top.push(i);
  return top.sort((x, y) => (numbers[y] as number) - (numbers[x] as number) || x - y).slice(0, count);
}

function few(numbers: Float32Array, count: number): number[] {
  const top: number[] = [];
  for (let i = 0; i < numbers.length; i++) {
    const value = numbers[i] as number;
    if (top.length === count && value <= (numbers[top[count - 1] as number] as number)) continue;
    let place = Math.min(top.length, count - 1);
    for (; place > 0 && (numbers[top[place - 1] as number] as number) < value; place--) {
      top[place] = top[place - 1] as number;
    }
    top[place] = i;
  }
  return top;
}
