import { costMicros, priceOf, prices } from '../../src/contract/prices.ts';

const usd = (micros: number) => micros / 1_000_000;
const flash = priceOf({ provider: 'gemini', model: 'gemini-2.5-flash' });

describe('prices', () => {
  it('are per million tokens: a million in and a million out of Gemini 2.5 Flash are 2.80 dollars', () => {
    expect(usd(costMicros(flash, { inputTokens: 1_000_000, outputTokens: 1_000_000 }))).toBe(2.8);
  });

  it('make a page read and a few lines written cost a tenth of a cent, not a dollar', () => {
    for (const price of Object.values(prices)) {
      const cost = usd(costMicros(price, { inputTokens: 1_000, outputTokens: 200 }));
      expect(cost).toBeGreaterThan(0.000_1);
      expect(cost).toBeLessThan(0.002);
    }
  });

  it('are no lower than hosted models cost and no higher, per million tokens', () => {
    for (const { inputMicros, outputMicros } of Object.values(prices)) {
      for (const micros of [inputMicros, outputMicros]) {
        expect(usd(micros)).toBeGreaterThanOrEqual(0.01);
        expect(usd(micros)).toBeLessThanOrEqual(100);
      }
      expect(outputMicros).toBeGreaterThanOrEqual(inputMicros);
    }
  });

  it('say where and when they were read', () => {
    for (const { source, asOf } of Object.values(prices)) {
      expect(new URL(source).protocol).toBe('https:');
      expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  it('are rounded up, so that many small calls never cost more than was counted', () => {
    expect(costMicros(flash, { inputTokens: 1, outputTokens: 0 })).toBe(1);
    expect(costMicros(flash, { inputTokens: 0, outputTokens: 0 })).toBe(0);
  });

  it('are not made up for a model that has none', () => {
    expect(() => priceOf({ provider: 'gemini', model: 'gemini-9' })).toThrow(
      'no price is known for gemini-9; there is one for gemini-2.5-flash',
    );
  });
});
