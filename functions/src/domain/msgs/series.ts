/** Weeks that an exponential moving average looks back over, roughly. */
export const emaSpan = 6;
/** Points from which on an average is told. */
export const leastForEma = 4;

/**
 * Exponential moving average, alpha = 2 / (span + 1), begun at the first value. Gaps are passed over: the average stays where it
 * was and is not told there, nor before the fourth value.
 */
export function ema(values: readonly (number | null)[], span = emaSpan): (number | null)[] {
  const alpha = 2 / (span + 1);
  let average: number | undefined;
  let seen = 0;
  return values.map((value) => {
    if (value === null) return null;
    average = average === undefined ? value : alpha * value + (1 - alpha) * average;
    return ++seen >= leastForEma ? average : null;
  });
}

/** (value - mean) / population standard deviation over the values there are; null for gaps, and where nothing varies. */
export function zScores(values: readonly (number | null)[]): (number | null)[] {
  const known = values.filter((value) => value !== null);
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length);
  return values.map((value) => (value === null || deviation === 0 ? null : (value - mean) / deviation));
}
