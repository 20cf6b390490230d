import type { Measure } from '../../contract/posting.ts';
import type { WeekCount } from '../../stores/market.ts';
import { addDays } from './days.ts';

export interface WeekPoint {
  /** Monday of the ISO week. */
  readonly weekStart: string;
  /** Summed over all sources that reported; null when none did. */
  readonly postings: number | null;
  /** How many sources reported. */
  readonly sources: number;
  /**
   * What averages and tests may compare from week to week: the sum over the panel, in weeks that all of it reported for, from
   * Monday to Friday; null in others.
   */
  readonly compared: number | null;
}

export interface DemandSeries {
  readonly measure: Measure;
  readonly points: readonly WeekPoint[];
  /** The sources that are compared, in alphabetical order. */
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
    const reporting = sources.filter((source) => reported.has(key(weekStart, source)));
    const isWhole = measure === 'observed' || (begin <= weekStart && end >= addDays(weekStart, 4));
    const isComplete = isWhole && panel.length > 0 && panel.every((source) => reporting.includes(source));
    const sumOf = (some: readonly string[]) =>
      some.reduce((sum, source) => sum + (amounts.get(key(weekStart, source)) ?? 0), 0);
    return {
      weekStart,
      postings: reporting.length === 0 ? null : sumOf(reporting),
      sources: reporting.length,
      compared: isComplete ? sumOf(panel) : null,
    };
  });
  const outOf = measure === 'posted' ? seen.reduce((sum, { amount }) => sum + (amount ?? 0), 0) : 0;
  return { measure, points, panel, leftOut: sources.filter((source) => !panel.includes(source)), outOf };
}
