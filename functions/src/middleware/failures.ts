import { LRUCache } from 'lru-cache';

const windowMs = 60_000;

/** How many failures a name had within a minute, counted by this process; names beyond 50,000 push out the oldest. */
export interface Failures {
  /** Seconds until the name may try again; 0 when it may now. */
  waitSeconds(name: string): number;
  count(name: string): void;
}

/** Allows `most` failures a minute under each name. */
export function failuresUpTo(most: number): Failures {
  const counts = new LRUCache<string, { count: number }>({ max: 50_000, ttl: windowMs, ttlResolution: 0 });
  return {
    waitSeconds: (name) =>
      (counts.get(name)?.count ?? 0) < most ? 0 : Math.max(1, Math.ceil(counts.getRemainingTTL(name) / 1_000)),
    count(name) {
      const known = counts.get(name);
      if (known) known.count += 1;
      else counts.set(name, { count: 1 });
    },
  };
}
