const mostSweeps = 30;
/** Of the sum of squares; below it nothing is left to rotate away. */
const negligible = 1e-20;

/**
 * The `count` eigenvectors of a symmetric matrix with the highest eigenvalues, as rows, highest first: cyclic Jacobi rotations,
 * from additions, multiplications, divisions and square roots alone, which give the same bits on every machine.
 * @param matrix size x size; overwritten
 */
export function principalAxes(matrix: Float64Array, size: number, count: number): Float32Array {
  const axes = new Float64Array(size * size);
  for (let i = 0; i < size; i++) axes[i * size + i] = 1;
  for (let sweep = 0; sweep < mostSweeps && !isDiagonal(matrix, size); sweep++) {
    for (let p = 0; p < size - 1; p++) {
      for (let q = p + 1; q < size; q++) rotate(matrix, axes, size, p, q);
    }
  }
  const order = Array.from({ length: size }, (_, i) => i).sort(
    (x, y) => at(matrix, y * size + y) - at(matrix, x * size + x) || x - y,
  );
  const chosen = new Float32Array(count * size);
  for (const [row, axis] of order.slice(0, count).entries()) {
    chosen.set(axes.subarray(axis * size, (axis + 1) * size), row * size);
  }
  return chosen;
}

function isDiagonal(matrix: Float64Array, size: number): boolean {
  let off = 0;
  let all = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const square = at(matrix, i * size + j) * at(matrix, i * size + j);
      all += square;
      if (i !== j) off += square;
    }
  }
  return off <= negligible * all;
}

/** Turns rows and columns p and q so that their common element is 0 (Golub and Van Loan, symmetric Schur decomposition). */
function rotate(matrix: Float64Array, axes: Float64Array, size: number, p: number, q: number): void {
  const shared = at(matrix, p * size + q);
  if (shared === 0) return;
  const theta = (at(matrix, q * size + q) - at(matrix, p * size + p)) / (2 * shared);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < size; k++) turn(matrix, k * size + p, k * size + q, c, s);
  for (let k = 0; k < size; k++) turn(matrix, p * size + k, q * size + k, c, s);
  for (let k = 0; k < size; k++) turn(axes, p * size + k, q * size + k, c, s);
}

function turn(values: Float64Array, p: number, q: number, c: number, s: number): void {
  const x = at(values, p);
  const y = at(values, q);
  values[p] = c * x - s * y;
  values[q] = s * x + c * y;
}

const at = (values: Float64Array, i: number): number => values[i] as number;
