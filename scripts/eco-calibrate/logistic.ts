/** A measurement, and whether what it speaks for was so. */
export interface Observation {
  readonly value: number;
  readonly was: boolean;
}

/** The curve 1 / (1 + e^(-slope (x - even))) under which the observations are likeliest: logistic regression by Newton's method. */
export function fitLogistic(observations: readonly Observation[]): { slope: number; even: number } {
  let [intercept, slope] = [0, 0];
  for (let step = 0; step < 30; step++) {
    let [g0, g1, h00, h01, h11] = [0, 0, 0, 0, 0];
    for (const { value, was } of observations) {
      const p = 1 / (1 + Math.exp(-(intercept + slope * value)));
      const [error, spread] = [Number(was) - p, p * (1 - p)];
      g0 += error;
      g1 += error * value;
      h00 += spread;
      h01 += spread * value;
      h11 += spread * value * value;
    }
    const determinant = h00 * h11 - h01 * h01;
    intercept += (h11 * g0 - h01 * g1) / determinant;
    slope += (h00 * g1 - h01 * g0) / determinant;
  }
  return { slope, even: -intercept / slope };
}
