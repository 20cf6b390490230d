import type { Measure } from '../../../src/contract/posting.ts';
import { mondaysBetween } from '../../../src/domain/msgs/days.ts';
import { seriesOf } from '../../../src/domain/msgs/demand-series.ts';
import type { WeekCount } from '../../../src/stores/market.ts';

const mondays = mondaysBetween('2026-01-05', '2026-01-26');
const end = '2026-01-30';
const count = (measure: Measure, skillId: string, week: string, source: string, amount: number | null): WeekCount => ({
  measure,
  skillId,
  week,
  source,
  amount,
  rows: { own: 1, shared: 0 },
  firstOn: week,
  lastOn: week,
});
/** Advertisements of one source in all four weeks and the one before, `java` named so often. */
const posted = (source: string, java: readonly (number | null)[]): WeekCount[] => [
  count('posted', '', '2025-12-29', source, 50),
  ...mondays.flatMap((week, i) => [
    count('posted', '', week, source, 50),
    ...(java[i] ? [count('posted', 'java', week, source, java[i])] : []),
  ]),
];
const pointsOf = (measure: Measure, counts: readonly WeekCount[], to = end) =>
  seriesOf(measure, 'java', mondays, counts, to).points.map(({ postings, sources, compared }) => [
    postings,
    sources,
    compared,
  ]);

describe('advertisements posted', () => {
  it('are summed over sources; a week in which none names the skill is a zero', () => {
    expect(pointsOf('posted', [...posted('a', [3, null, 5, 1]), ...posted('b', [1, null, null, 1])])).toEqual([
      [4, 2, 4],
      [0, 2, 0],
      [5, 2, 5],
      [2, 2, 2],
    ]);
  });

  it('of a week in which no source had any are unknown', () => {
    const counts = posted('a', [3, 4, 5, 6]).filter(({ week }) => week !== '2026-01-12');
    expect(pointsOf('posted', counts)[1]).toEqual([null, 0, null]);
  });

  it('are not compared for weeks that the data cover in part', () => {
    const begun = posted('a', [3, 4, 5, 6]).filter(({ week }) => week > '2025-12-29');
    const late = begun.map((one) => (one.week === '2026-01-05' ? { ...one, firstOn: '2026-01-07' } : one));
    expect(pointsOf('posted', late, '2026-01-27').map(([, , compared]) => compared)).toEqual([null, 4, 5, null]);
  });

  it('under filters that nothing comes under add up to nothing to compare with', () => {
    const counts = posted('a', [1, 1, 1, 1]).map((one) => ({ ...one, amount: null }));
    expect(seriesOf('posted', 'java', mondays, counts, end).outOf).toBe(0);
    expect(seriesOf('posted', 'java', mondays, posted('a', [1, 1, 1, 1]), end).outOf).toBe(200);
  });
});

describe('vacancies observed', () => {
  const observed = (source: string, values: readonly (number | null)[]) =>
    mondays.flatMap((week, i) => {
      const value = values[i] ?? null;
      return value === null ? [] : [count('observed', 'java', week, source, value)];
    });

  it('tell of a week only what was counted for the skill; a counted zero is a zero', () => {
    expect(pointsOf('observed', observed('a', [7, null, 0, 9]), '2026-01-26')).toEqual([
      [7, 1, 7],
      [null, 0, null],
      [0, 1, 0],
      [9, 1, 9],
    ]);
  });

  it('are not compared for weeks in which one of the sources that always report is silent', () => {
    const counts = [...observed('a', [7, 8, 9, 9]), ...observed('b', [70, 80, 90, null])];
    expect(pointsOf('observed', counts)[3]).toEqual([9, 1, null]);
  });

  it('do not compare a source that reports in fewer than three quarters of the weeks, and name it', () => {
    const counts = [...observed('a', [7, 8, 9, 9]), ...observed('seldom', [null, null, 500, null])];
    const { points, panel, leftOut } = seriesOf('observed', 'java', mondays, counts, end);
    expect([points.map(({ compared }) => compared), points[2]?.postings, panel, leftOut]).toEqual([
      [7, 8, 9, 9],
      509,
      ['a'],
      ['seldom'],
    ]);
  });
});
