import type { Adjacent } from '../../../src/domain/search/adjacency.ts';
import { widest } from '../../../src/domain/search/adjacency.ts';
import { marketAdjacency, marketWeight } from '../../../src/domain/search/market-adjacency.ts';
import type { Neighbourhood } from '../../../src/stores/neighbourhoods.ts';

// Of 100 advertisements 20 name Java, 25 Kafka, 10 both, the last of them 30 days before the last with Java: PMI is 1 bit, decay
// one half, and -log2 p(both) is log2 10.
const java: Neighbourhood = {
  skillId: 'java',
  coverage: { rows: { own: 3, shared: 0 }, ads: 100, from: '2025-12-31', to: '2026-01-30', sources: ['gupy'] },
  named: 20,
  skills: [
    { id: 'apache-kafka', ads: 25, joint: 10, lastOn: '2025-12-31', sources: ['gupy'] },
    { id: 'excel', ads: 80, joint: 5, lastOn: '2026-01-30', sources: ['gupy'] },
    { id: 'sql', ads: 4, joint: 4, lastOn: '2026-01-30', sources: ['gupy'] },
  ],
  occupations: [],
};
const sourceOf = (...all: Neighbourhood[]) =>
  marketAdjacency({
    of: async (ids) => ({
      bySkill: new Map(all.filter(({ skillId }) => ids.includes(skillId)).map((one) => [one.skillId, one])),
      countedAt: new Date('2026-02-01T06:30:00Z'),
      isCurrent: false,
    }),
  });

describe('adjacency by the market', () => {
  it('weighs by normalised PMI after decay, at most one half, worked out by hand', async () => {
    const { adjacent, market } = await sourceOf(java).adjacentTo(['java', 'go']);
    // Excel is named with it more seldom than by chance, and SQL by four advertisements only.
    expect(adjacent('java')).toEqual([
      {
        id: 'apache-kafka',
        weight: expect.closeTo((0.5 * 0.5) / Math.log2(10), 4),
        market: { together: 10, outOf: 20, from: '2025-12-31', to: '2026-01-30' },
      },
    ]);
    expect(adjacent('go')).toEqual([]);
    expect(market).toEqual({ countedAt: '2026-02-01T06:30:00.000Z', isCurrent: false });
  });

  it('weighs one half for two that are never named apart, and no rounding makes it more', () => {
    expect(marketWeight(Math.log2(10), 10, 100)).toBe(0.5);
    expect(marketWeight(3.322, 10, 100)).toBe(0.5);
    expect(marketWeight(0.1, 10, 100)).toBeCloseTo(0.015, 3);
  });

  it('says nothing of a skill that fewer than five advertisements name, and nothing of the market then', async () => {
    const few = { ...java, named: 4 };
    const { adjacent, market } = await sourceOf(few).adjacentTo(['java']);
    expect([adjacent('java'), market]).toEqual([[], null]);
  });
});

describe('several sources of adjacency', () => {
  it('give each skill its highest weight, with what the source of that weight says', () => {
    const market = { together: 5, outOf: 9, from: '2026-01-01', to: '2026-01-02' };
    const ours: Adjacent[] = [
      { id: 'a', weight: 0.6 },
      { id: 'b', weight: 0.2 },
      { id: 'c', weight: 0.4 },
    ];
    const theirs = ours.map(({ id }) => ({ id, weight: 0.4, market }));
    const both = widest(
      () => ours,
      () => theirs,
    );
    expect(both('java')).toEqual([
      { id: 'a', weight: 0.6 },
      { id: 'b', weight: 0.4, market },
      { id: 'c', weight: 0.4 },
    ]);
  });
});
