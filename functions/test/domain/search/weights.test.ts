import fc from 'fast-check';
import { type Signals, signalNames } from '../../../src/contract/signal.ts';
import { presets, roleTypes, score, weightsFor } from '../../../src/domain/search/weights.ts';

const anySignals = fc.dictionary(
  fc.constantFrom(...signalNames),
  fc.double({ min: 0, max: 1, noNaN: true }),
) as fc.Arbitrary<Signals>;

describe('score', () => {
  it('stays within 0 and 1, and the weights of what is there add up to 1', () => {
    fc.assert(
      fc.property(anySignals, fc.constantFrom(...roleTypes), (signals, role) => {
        const { score: total, weighed } = score(signals, presets[role]);
        expect(total).toBeGreaterThanOrEqual(0);
        expect(total).toBeLessThanOrEqual(1 + 1e-12);
        const sum = weighed.reduce((all, { weight }) => all + weight, 0);
        expect(weighed.length === 0 ? 1 : sum).toBeCloseTo(1, 9);
        expect(weighed.map(({ name }) => name).sort()).toEqual(Object.keys(signals).sort());
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('leaves out what is absent instead of filling in a middle value', () => {
    const { score: total, weighed } = score({ skillsExact: 1 }, presets.default);
    expect(total).toBe(1);
    expect(weighed).toEqual([{ name: 'skillsExact', value: 1, weight: 1 }]);
  });

  it('is nothing when there is nothing to go by', () => {
    expect(score({}, presets.default)).toEqual({ score: 0, weighed: [] });
  });

  it('leaves out a signal that the request weighs at nothing, and all of them when all are', () => {
    const weights = weightsFor('default', { vectorSimilarity: 0 });
    expect(score({ vectorSimilarity: 1, skillsExact: 0.5 }, weights).weighed.map(({ name }) => name)).toEqual([
      'skillsExact',
    ]);
    const none = Object.fromEntries(signalNames.map((name) => [name, 0]));
    expect(score({ skillsExact: 1 }, weightsFor('ic', none))).toEqual({ score: 0, weighed: [] });
  });

  it('takes the preset where the request is silent', () => {
    expect(weightsFor('manager', { recency: undefined })).toEqual(presets.manager);
    expect(weightsFor('manager', { recency: 0.9 })).toEqual({ ...presets.manager, recency: 0.9 });
  });

  it.each(roleTypes)('has a preset for %s that weighs every signal', (role) => {
    expect(signalNames.filter((name) => !(presets[role][name] > 0))).toEqual([]);
  });
});
