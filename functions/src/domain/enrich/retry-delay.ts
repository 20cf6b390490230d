const firstMs = 2_000;
const longestMs = 300_000;

/**
 * How long to wait before the attempt that follows number `attempt`, in milliseconds: twice as long each time, from 2 s to 5 min, and
 * evenly spread over the upper half, so that jobs that failed together are not tried together. Never less than `atLeastMs`, which
 * a provider asked for.
 */
export function retryDelay(attempt: number, atLeastMs = 0, random: () => number = Math.random): number {
  const ceiling = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return Math.max(atLeastMs, Math.round(ceiling * (0.5 + random() / 2)));
}
