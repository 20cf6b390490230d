import type { Measure } from '../../contract/posting.ts';
import type { WeekCount } from '../../stores/market.ts';
import { addDays } from './days.ts';

export interface WeekPoint {
  /** Monday of the ISO week. */
  readonly weekStart: string;
  /** Summed over the panel's sources that reported; null when none of them did. */
  readonly postings: number | null;
  /** How many of the panel's sources reported. */
  readonly sources: number;
  /** Every source of the panel reported, for the whole working week: what averages and tests may compare. */
  readonly complete: boolean;
}

export interface DemandSeries {
  readonly measure: Measure;
  readonly points: readonly WeekPoint[];
  /** The sources that are summed, in alphabetical order. */
  readonly panel: readonly string[];
  /** Sources that report too seldom to be compared from week to week. */
  readonly leftOut: readonly string[];
  /** Advertisements under the filters, of whatever skill; 0 for what was observed. */
  readonly outOf: number;
}

/** A source belongs to the panel when it reports in so many of the weeks that anybody reports in. */
const panelShare = 0.75;

/**
 * One skill's weeks. A week in which a source had advertisements, but none for the skill, is a true zero; a week without any of
 * them is a gap. Of `observed` counts only what was counted for the skill tells anything.
 */
export function seriesOf(
  measure: Measure,
  skillId: string,
  mondays: readonly string[],
  counts: readonly WeekCount[],
  end: string,
): DemandSeries {
  const ofMeasure = counts.filter((count) => count.measure === measure);
  const ofSkill = ofMeasure.filter((count) => count.skillId === skillId && count.amount !== null);
  const reports = measure === 'posted' ? ofMeasure.filter((count) => count.skillId === '') : ofSkill;
  const inWindow = new Set(mondays);
  const seen = reports.filter(({ week }) => inWindow.has(week));
  const weeksSeen = new Set(seen.map(({ week }) => week)).size;
  const weeksOf = Map.groupBy(seen, ({ source }) => source);
  const most = Math.max(0, ...[...weeksOf.values()].map(({ length }) => length));
  const needed = Math.min(panelShare * weeksSeen, most);
  const sources = [...weeksOf.keys()].sort();
  const panel = sources.filter((source) => (weeksOf.get(source)?.length ?? 0) >= needed);
  const begin = reports.map(({ firstOn }) => firstOn).sort()[0] ?? end;
  const key = (week: string, source: string) => `${week} ${source}`;
  const reported = new Set(seen.map(({ week, source }) => key(week, source)));
  const amounts = new Map(ofSkill.map(({ week, source, amount }) => [key(week, source), amount ?? 0]));
  const points = mondays.map((weekStart): WeekPoint => {
    const here = panel.filter((source) => reported.has(key(weekStart, source)));
    const isWhole = measure === 'observed' || (begin <= weekStart && end >= addDays(weekStart, 4));
    return {
      weekStart,
      postings: here.length === 0 ? null : here.reduce((sum, one) => sum + (amounts.get(key(weekStart, one)) ?? 0), 0),
      sources: here.length,
      complete: here.length > 0 && here.length === panel.length && isWhole,
    };
  });
  const outOf = measure === 'posted' ? seen.reduce((sum, { amount }) => sum + (amount ?? 0), 0) : 0;
  return { measure, points, panel, leftOut: sources.filter((source) => !panel.includes(source)), outOf };
}
