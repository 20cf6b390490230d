/** Row-major matrices as flat arrays, multiplied four rows by two columns at a time so that sums stay in registers. */

/** out[i, j] = a[i] . b[j], for `rows` rows of a and `columns` rows of b, multiples of 4 and of 2. */
export function multiplyTransposed(
  a: Float32Array,
  b: Float32Array,
  out: Float32Array,
  rows: number,
  columns: number,
  size: number,
): void {
  for (let i = 0; i < rows; i += 4) {
    for (let j = 0; j < columns; j += 2) {
      let a0 = i * size;
      let a1 = a0 + size;
      let a2 = a1 + size;
      let a3 = a2 + size;
      let b0 = j * size;
      let b1 = b0 + size;
      let s00 = 0;
      let s01 = 0;
      let s10 = 0;
      let s11 = 0;
      let s20 = 0;
      let s21 = 0;
      let s30 = 0;
      let s31 = 0;
      for (const end = a0 + size; a0 < end; ) {
        const x0 = a[a0++] as number;
        const x1 = a[a1++] as number;
        const x2 = a[a2++] as number;
        const x3 = a[a3++] as number;
        const y0 = b[b0++] as number;
        const y1 = b[b1++] as number;
        s00 += x0 * y0;
        s01 += x0 * y1;
        s10 += x1 * y0;
        s11 += x1 * y1;
        s20 += x2 * y0;
        s21 += x2 * y1;
        s30 += x3 * y0;
        s31 += x3 * y1;
      }
      let at = i * columns + j;
      out[at] = s00;
      out[at + 1] = s01;
      at += columns;
      out[at] = s10;
      out[at + 1] = s11;
      at += columns;
      out[at] = s20;
      out[at + 1] = s21;
      at += columns;
      out[at] = s30;
      out[at + 1] = s31;
    }
  }
}

/** out = the matrix turned over its diagonal. */
export function transpose(a: Float32Array, out: Float32Array, rows: number, columns: number): void {
  for (let i = 0, at = 0; i < rows; i++) for (let j = 0; j < columns; j++) out[j * rows + i] = a[at++] as number;
}
