import type { Seniority } from '../../contract/candidate.ts';
import { leastSupport } from '../msgs/no-data.ts';
import { type Quartiles, quartilesOf } from '../msgs/quartiles.ts';

/** Years of experience that Brazilian advertisements mean by a level: estágio, júnior, pleno, sênior, especialista, gerente. */
export const levelYears: Readonly<Partial<Record<Seniority, readonly [number, number]>>> = {
  intern: [0, 1],
  junior: [1, 3],
  mid: [3, 6],
  senior: [6, 12],
  staff: [8, 14],
  principal: [8, 14],
  manager: [10, 18],
};

/** Advertisements alike: the years they ask for, and the level they name; empty where they name none. One that stands for many counts once. */
export interface AskedYears {
  readonly years: number | null;
  readonly level: string;
  readonly rows: number;
}

export interface RoleYears extends Quartiles {
  /** Advertisements that say a number, and that only name a level. */
  readonly stated: number;
  readonly byLevel: number;
}

/**
 * Quartiles, without outliers, of the fewest years asked for; null with fewer than 5 advertisements that tell. One that names a
 * level and no number counts with the fewest years of its level.
 */
export function roleYears(asked: readonly AskedYears[]): RoleYears | null {
  const isStated = ({ years }: AskedYears) => years !== null;
  const fewest = ({ years, level }: AskedYears) => years ?? levelYears[level as Seniority]?.[0];
  const telling = asked.filter((one) => fewest(one) !== undefined);
  const values = telling.flatMap((one) => Array.from({ length: one.rows }, () => fewest(one) ?? 0));
  const quartiles = quartilesOf(values, leastSupport);
  const stated = telling.filter(isStated).reduce((sum, { rows }) => sum + rows, 0);
  return quartiles && { ...quartiles, stated, byLevel: values.length - stated };
}
