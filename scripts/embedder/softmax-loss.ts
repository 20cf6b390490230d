/**
 * The gradient of the symmetric in-batch softmax loss with respect to the similarities: row i has to find column i among all
 * columns and the other way round, at a temperature. Loss = mean over i of (-ln P(i | row i) - ln P(i | column i)) / 2.
 *
 * @param similarities size x size cosines; overwritten by the gradient times size
 * @param masked 1 where a pair that is not on the diagonal belongs together too, and must not be pushed apart
 * @returns the mean loss
 */
export function softmaxGradient(
  similarities: Float32Array,
  masked: Uint8Array,
  size: number,
  temperature: number,
  scratch: { readonly exponentials: Float32Array; readonly rowSums: Float32Array; readonly columnSums: Float32Array },
): number {
  const { exponentials, rowSums, columnSums } = scratch;
  rowSums.fill(0);
  columnSums.fill(0);
  const scale = 1 / temperature;
  for (let i = 0, at = 0; i < size; i++) {
    for (let j = 0; j < size; j++, at++) {
      // Cosines are at most 1, so that no exponential overflows.
      const e = masked[at] === 1 ? 0 : exp(((similarities[at] as number) - 1) * scale);
      exponentials[at] = e;
      rowSums[i] = (rowSums[i] as number) + e;
      columnSums[j] = (columnSums[j] as number) + e;
    }
  }
  let loss = 0;
  for (let i = 0, at = 0; i < size; i++) {
    const row = 1 / (rowSums[i] as number);
    for (let j = 0; j < size; j++, at++) {
      const e = exponentials[at] as number;
      const column = 1 / (columnSums[j] as number);
      let gradient = e * (row + column);
      if (i === j) {
        loss -= (Math.log(e * row) + Math.log(e * column)) / 2;
        gradient -= 2;
      }
      similarities[at] = 0.5 * scale * gradient;
    }
  }
  return loss / size;
}

const bits = new DataView(new ArrayBuffer(8));

/**
 * e^x for -200 <= x <= 0, to 12 digits, from additions and multiplications alone: these give the same bits on every machine,
 * which `Math.exp` is not bound to.
 */
export function exp(x: number): number {
  const k = Math.floor(x * Math.LOG2E + 0.5);
  const r = (x - k * Math.LN2) / 8;
  let term = 1 + r * (1 + (r / 2) * (1 + (r / 3) * (1 + (r / 4) * (1 + (r / 5) * (1 + (r / 6) * (1 + r / 7))))));
  term *= term;
  term *= term;
  term *= term;
  // 2^k.
  bits.setUint32(0, (k + 1023) << 20);
  return term * bits.getFloat64(0);
}
