import { daysBetween } from './days.ts';
import { leastSupport } from './no-data.ts';
import { decay, pmi } from './pmi.ts';

/** Bits, after decay; below, two skills are hardly nearer than chance. */
export const leastScore = 0.1;

/** What is counted of a skill or an occupation beside the seed: see `Together`. */
export interface Pairing {
  readonly id: string;
  readonly ads: number;
  readonly joint: number;
  readonly lastOn: string | null;
}

/** What is counted of the seed itself: advertisements that name it, out of how many, and the last day of any. */
export interface Seed {
  readonly id: string;
  readonly named: number;
  readonly outOf: number;
  readonly end: string;
}

/**
 * Who is named together with the seed, by PMI times decay in bits, best first, ties by support and id; those left out that 5
 * advertisements do not name with it, or that are nearer by less than 0.1.
 */
export function nearest<T extends Pairing>(seed: Seed, all: readonly T[]): (T & Nearness)[] {
  return all
    .filter(({ id, joint }) => id !== seed.id && joint >= leastSupport)
    .map((one) => {
      const recencyDays = daysBetween(one.lastOn ?? seed.end, seed.end);
      const score = Math.max(0, pmi(one.joint, seed.named, one.ads, seed.outOf) * decay(recencyDays));
      return { ...one, score: Math.round(score * 1e4) / 1e4, recencyDays };
    })
    .filter(({ score }) => score >= leastScore)
    .sort((a, b) => b.score - a.score || b.joint - a.joint || (a.id < b.id ? -1 : 1));
}

export interface Nearness {
  /** Bits, rounded to four digits. */
  readonly score: number;
  /** Days from the last advertisement that names both to the end of the data. */
  readonly recencyDays: number;
}
