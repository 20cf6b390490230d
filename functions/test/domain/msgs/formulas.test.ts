import { addDays, daysBetween, mondayOf, mondaysBetween } from '../../../src/domain/msgs/days.ts';
import { mannKendall } from '../../../src/domain/msgs/mann-kendall.ts';
import { decay, pmi } from '../../../src/domain/msgs/pmi.ts';
import { quantile, quartilesOf } from '../../../src/domain/msgs/quartiles.ts';
import { ema, zScores } from '../../../src/domain/msgs/series.ts';

const rounded = (values: readonly (number | null)[]) =>
  values.map((value) => (value === null ? null : Math.round(value * 1e4) / 1e4));

describe('by hand', () => {
  it('PMI is the log2 of observed over expected: 0 for chance, 1 bit for twice that, negative for less', () => {
    // 100 advertisements, 20 name a, 25 name b: by chance 5 name both.
    expect(pmi(5, 20, 25, 100)).toBe(0);
    expect(pmi(10, 20, 25, 100)).toBe(1);
    expect(pmi(20, 20, 25, 100)).toBe(2);
    expect(pmi(1, 20, 25, 100)).toBeCloseTo(-2.3219, 4);
  });

  it('decay halves every 30 days', () => {
    expect([0, 30, 60, 15].map(decay)).toEqual([1, 0.5, 0.25, Math.SQRT1_2]);
  });

  it('EMA of span 6 has alpha 2/7, begins at the first value, and is told from the fourth on', () => {
    // 10; 10 + 2/7 (17 - 10) = 12; 12 + 2/7 (12 - 12) = 12; 12 + 2/7 (26 - 12) = 16; 16 + 2/7 (2 - 16) = 12
    expect(rounded(ema([10, 17, 12, 26, 2]))).toEqual([null, null, null, 16, 12]);
  });

  it('EMA passes over gaps: they are not zeros', () => {
    expect(rounded(ema([10, null, 17, 12, null, 26, null]))).toEqual([null, null, null, null, null, 16, null]);
  });

  it('z-scores have mean 0 and deviation 1 over the values there are', () => {
    // Mean 5, squared deviations 9 + 1 + 1 + 1 + 0 + 0 + 4 + 16 = 32, variance 4.
    expect(zScores([2, 4, 4, 4, 5, null, 5, 7, 9])).toEqual([-1.5, -0.5, -0.5, -0.5, 0, null, 0, 1, 2]);
    expect(zScores([3, 3, null])).toEqual([null, null, null]);
    expect(zScores([])).toEqual([]);
  });

  it('quartiles lie between neighbours, and outliers are left aside', () => {
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    // Quartiles 2 and 4: what is above 7 or below -1 is out; then of 1 2 2 3 3 4 4.
    expect(quartilesOf([3, 2, 1, 2, 4, 3, 4, 30], 5)).toEqual({ p25: 2, p50: 3, p75: 3.5, count: 7 });
    expect(quartilesOf([1, 2, 3, 4], 5)).toBeNull();
  });
});

describe('Mann-Kendall', () => {
  const series = (values: readonly number[]) => values.map((value, at) => ({ at, value }));

  it('of eight values that rise each time: S = 28, variance 8 * 7 * 21 / 18, z = 27 / 8.083', () => {
    const trend = mannKendall(series([1, 2, 3, 4, 5, 6, 7, 8]));
    expect(trend).toMatchObject({ tau: 1, slope: 1 });
    // z = 3.3405; two-sided p of the normal table .00084
    expect(trend?.pValue).toBeCloseTo(0.000836, 5);
  });

  it('corrects the variance for ties', () => {
    // 5 5 5 5 6 6 6 6: S = 16; variance (1176 - 2 * 4 * 3 * 13) / 18 = 48; z = 15 / 6.9282 = 2.1651
    expect(mannKendall(series([5, 5, 5, 5, 6, 6, 6, 6]))?.pValue).toBeCloseTo(0.0304, 4);
    expect(mannKendall(series([4, 4, 4, 4, 4, 4, 4, 4]))).toEqual({ tau: 0, slope: 0, pValue: expect.closeTo(1, 6) });
  });

  it('calls noise noise, falls by name, and says nothing of seven values', () => {
    expect(mannKendall(series([5, 9, 4, 8, 6, 7, 5, 8]))?.pValue).toBeGreaterThan(0.5);
    expect(mannKendall(series([9, 8, 7, 7, 6, 5, 4, 2, 1]))?.tau).toBeLessThan(-0.9);
    expect(mannKendall(series([1, 2, 3, 4, 5, 6, 7]))).toBeNull();
  });

  it('counts the time between values, not their places', () => {
    const sparse = [0, 2, 4, 6, 8, 10, 12, 14].map((at) => ({ at, value: at * 3 }));
    expect(mannKendall(sparse)?.slope).toBe(3);
  });
});

describe('weeks', () => {
  it('begin on Mondays, over the turn of a year too', () => {
    expect(['2026-01-04', '2026-01-05', '2026-01-11', '2024-12-31'].map(mondayOf)).toEqual([
      '2025-12-29',
      '2026-01-05',
      '2026-01-05',
      '2024-12-30',
    ]);
    expect(mondaysBetween('2025-12-22', '2026-01-05')).toEqual(['2025-12-22', '2025-12-29', '2026-01-05']);
    expect([addDays('2024-02-28', 2), daysBetween('2024-02-28', '2024-03-01')]).toEqual(['2024-03-01', 2]);
  });
});
