import { mostSources } from '../contract/posting.ts';
import type { Coverage, Together, WeekCount } from './market.ts';

/** What one place says of the rows that an answer was computed from. */
export interface RawCoverage {
  readonly rows: number;
  readonly ads: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly sources: string[] | null;
}

/** A week's count of the tenant's and of the reference, added up. */
export function mergeWeeks(a: WeekCount, b: WeekCount): WeekCount {
  return {
    ...a,
    amount: a.amount === null && b.amount === null ? null : (a.amount ?? 0) + (b.amount ?? 0),
    rows: { own: a.rows.own + b.rows.own, shared: a.rows.shared + b.rows.shared },
    firstOn: earliest([a.firstOn, b.firstOn]) ?? a.firstOn,
    lastOn: latest([a.lastOn, b.lastOn]) ?? a.lastOn,
  };
}

/** The first is of the tenant's own rows, the second of the reference's. */
export function mergeCoverage(all: readonly RawCoverage[]): Coverage {
  const sources = new Set(all.flatMap((one) => one.sources ?? []));
  return {
    rows: { own: all[0]?.rows ?? 0, shared: all[1]?.rows ?? 0 },
    ads: all.reduce((sum, one) => sum + one.ads, 0),
    from: earliest(all.map((one) => one.from)),
    to: latest(all.map((one) => one.to)),
    sources: [...sources].sort().slice(0, mostSources),
  };
}

export const mergeTogether = (all: readonly Together[]) =>
  grouped(
    all,
    ({ id }) => id,
    (known, one): Together =>
      known
        ? {
            id: one.id,
            ads: known.ads + one.ads,
            joint: known.joint + one.joint,
            lastOn: latest([known.lastOn, one.lastOn]),
            sources: [...new Set([...known.sources, ...one.sources])].sort().slice(0, mostSources),
          }
        : one,
  );

/** One for each key, in the order in which they come first. */
export function grouped<T>(
  all: readonly T[],
  keyOf: (one: T) => string,
  merge: (known: T | undefined, one: T) => T,
): T[] {
  const merged = new Map<string, T>();
  for (const one of all) merged.set(keyOf(one), merge(merged.get(keyOf(one)), one));
  return [...merged.values()];
}

// Days as text order as days do.
const present = (days: readonly (string | null)[]) => days.filter((day) => day !== null).sort();
export const latest = (days: readonly (string | null)[]) => present(days).at(-1) ?? null;
const earliest = (days: readonly (string | null)[]) => present(days)[0] ?? null;
