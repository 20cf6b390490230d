/** The value below which a share of the sorted values lies, between neighbours linearly (Hyndman and Fan's type 7). */
export function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? 0;
  const high = sorted[Math.ceil(place)] ?? low;
  return low + (high - low) * (place - Math.floor(place));
}

export interface Quartiles {
  readonly p25: number;
  readonly p50: number;
  readonly p75: number;
  /** Values that count, those too far out left aside. */
  readonly count: number;
}

/** Quartiles without values beyond 1.5 interquartile ranges of them (Tukey's fences); null for fewer than `least` values. */
export function quartilesOf(values: readonly number[], least: number): Quartiles | null {
  if (values.length < least) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [quantile(sorted, 0.25), quantile(sorted, 0.75)];
  const reach = 1.5 * (high - low);
  const kept = sorted.filter((value) => value >= low - reach && value <= high + reach);
  return { p25: quantile(kept, 0.25), p50: quantile(kept, 0.5), p75: quantile(kept, 0.75), count: kept.length };
}
