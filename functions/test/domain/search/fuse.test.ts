import fc from 'fast-check';
import type { CandidateId } from '../../../src/contract/ids.ts';
import { fuse, type Leg } from '../../../src/domain/search/fuse.ts';

const leg = (...hits: [string, number][]): Leg =>
  hits.map(([id, score]) => ({ candidateId: id as CandidateId, score }));

describe('fuse', () => {
  it('gives equal scores one rank, and the next rank counts them all', () => {
    const fused = fuse({ vector: leg(['ana', 0.9], ['bia', 0.7], ['caio', 0.7], ['davi', 0.1]) });
    expect(fused.map(({ candidateId, legs }) => [candidateId, legs['vector']?.rank])).toEqual([
      ['ana', 1],
      ['bia', 2],
      ['caio', 2],
      ['davi', 4],
    ]);
  });

  it('adds 1 / (60 + rank) of each leg that found somebody', () => {
    const [first, second] = fuse({ vector: leg(['ana', 0.9], ['bia', 0.5]), lexical: leg(['bia', 12]) });
    expect(first).toMatchObject({ candidateId: 'bia', rrf: 1 / 62 + 1 / 61 });
    expect(second).toMatchObject({ candidateId: 'ana', rrf: 1 / 61 });
    expect(second?.legs).toEqual({ vector: { rank: 1, score: 0.9 } });
  });

  it('orders equal sums by id, whichever leg came first', () => {
    const legs = { vector: leg(['bia', 1]), lexical: leg(['ana', 1]) };
    expect(fuse(legs).map(({ candidateId }) => candidateId)).toEqual(['ana', 'bia']);
    expect(fuse({ lexical: legs.lexical, vector: legs.vector }).map(({ candidateId }) => candidateId)).toEqual([
      'ana',
      'bia',
    ]);
  });

  it('keeps everybody once, best sum first, for any legs', () => {
    const hits = fc
      .uniqueArray(fc.integer({ min: 0, max: 40 }), { maxLength: 30 })
      .chain((ids) =>
        fc.tuple(
          fc.constant(ids),
          fc.array(fc.integer({ min: 0, max: 5 }), { minLength: ids.length, maxLength: ids.length }),
        ),
      )
      .map(([ids, scores]) => {
        const sorted = scores.toSorted((a, b) => b - a);
        return leg(...ids.map((id, i): [string, number] => [`c-${id}`, sorted[i] ?? 0]));
      });
    fc.assert(
      fc.property(hits, hits, (vector, lexical) => {
        const fused = fuse({ vector, lexical });
        const everybody = new Set([...vector, ...lexical].map(({ candidateId }) => candidateId));
        expect(new Set(fused.map(({ candidateId }) => candidateId))).toEqual(everybody);
        expect(fused).toHaveLength(everybody.size);
        for (const [i, { rrf }] of fused.entries()) expect(rrf).toBeLessThanOrEqual(fused[i - 1]?.rrf ?? 1);
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});
