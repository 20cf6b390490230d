/** What a series does over time, and how sure that is. */
export interface Trend {
  /** -1 (each value below the one before) to 1; Kendall's tau-a against time. */
  readonly tau: number;
  /** Two-sided. */
  readonly pValue: number;
  /** Sen's slope: the median of the slopes between all pairs, in the values' unit per step of `at`. */
  readonly slope: number;
}

/** Below this the normal approximation is poor. */
export const leastPoints = 8;

export interface Point {
  /** Time, in whatever steps; gaps are allowed, repetitions are not. */
  readonly at: number;
  readonly value: number;
}

/**
 * The Mann-Kendall test for a monotonic trend (Mann 1945, Kendall 1975), with the variance corrected for ties and a continuity
 * correction; Sen's slope (1968). Rank-based: needs no normal errors and no even spacing. Null for fewer than 8 points.
 */
export function mannKendall(points: readonly Point[]): Trend | null {
  const n = points.length;
  if (n < leastPoints) return null;
  const slopes: number[] = [];
  let s = 0;
  for (const [i, early] of points.entries())
    for (const late of points.slice(i + 1)) {
      s += Math.sign(late.value - early.value);
      slopes.push((late.value - early.value) / (late.at - early.at));
    }
  const ties = [...Map.groupBy(points, ({ value }) => value).values()].map(({ length }) => length);
  const spread = (count: number) => count * (count - 1) * (2 * count + 5);
  const variance = (spread(n) - ties.reduce((sum, count) => sum + spread(count), 0)) / 18;
  const z = variance === 0 ? 0 : (s - Math.sign(s)) / Math.sqrt(variance);
  return { tau: s / ((n * (n - 1)) / 2), pValue: 2 * upperTail(Math.abs(z)), slope: median(slopes) };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** P(Z > z) of the standard normal for z >= 0; Abramowitz and Stegun 26.2.17, absolute error below 7.5e-8. */
function upperTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153].reduce(
    (sum, coefficient) => (sum + coefficient) * t,
    0,
  );
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * series;
}
