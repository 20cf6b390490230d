import type { EnforcedDocument } from './document.ts';
import type { Refusal } from './refusal.ts';

type Limits = EnforcedDocument['x-google-api-management']['quota']['limits'];

/**
 * Counts what keys use of each metric by the minute of the clock `now` (milliseconds). Google counts by the project that a
 * key belongs to, which is not known here: the key stands for it. A refused call costs nothing.
 */
export function openQuota(limits: Limits, now: () => number) {
  let minute = 0;
  let used = new Map<string, number>();
  return {
    /** Takes the costs of one call of `key`, or says which limit stands in the way. */
    spend(key: string, costs: Readonly<Record<string, number>>): Refusal | undefined {
      const current = Math.floor(now() / 60_000);
      if (current !== minute) {
        minute = current;
        used = new Map();
      }
      for (const [name, { metric, values }] of Object.entries(limits)) {
        const cost = costs[metric] ?? 0;
        if (cost > 0 && (used.get(`${metric} ${key}`) ?? 0) + cost > values) {
          const message = `RESOURCE_EXHAUSTED:Quota exceeded for quota metric '${metric}' and limit '${name}'.`;
          return { code: 429, message };
        }
      }
      for (const [metric, cost] of Object.entries(costs)) {
        const counter = `${metric} ${key}`;
        used.set(counter, (used.get(counter) ?? 0) + cost);
      }
      return undefined;
    },
  };
}
