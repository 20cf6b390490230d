import fc from 'fast-check';
import { openLexicalIndex } from '../../../src/domain/matching/lexical-index.ts';
import { openLexicalRanker } from '../../../src/domain/matching/lexical-ranker.ts';

const titles = [
  'Desenvolvedor de software',
  'Software developer',
  'Enfermeiro',
  'Enfermeira obstétrica',
  'Motorista de caminhão',
  'Truck driver',
  'Analista contábil',
  'Contador',
  'C++ programmer',
  'C# programmer',
];
const labels = titles.map((text, i) => ({ text, concept: `concept-${Math.floor(i / 2)}` }));

describe('the lexical ranker', () => {
  const ranker = openLexicalRanker(labels);
  const first = (text: string) => {
    const [best] = ranker.rank(text, 1);
    return best && labels[best.label]?.text;
  };

  it.each([
    ['motorista de caminhao', 'Motorista de caminhão'],
    ['DESENVOLVEDORAS DE SOFTWARE', 'Desenvolvedor de software'],
    ['enfermera obstetrica', 'Enfermeira obstétrica'],
    ['sofware develper', 'Software developer'],
    ['analistas contábeis', 'Analista contábil'],
    ['programmer C#', 'C# programmer'],
    ['programmer C++', 'C++ programmer'],
  ])('finds for %s %s', (asked, found) => {
    expect(first(asked)).toBe(found);
  });

  it('names a concept once, by its best label', () => {
    const ranked = ranker.rank('analista contador', 10);
    expect(ranked.map(({ concept }) => concept)).toEqual([...new Set(ranked.map(({ concept }) => concept))]);
    expect(ranked[0]).toMatchObject({ concept: 'concept-3', label: 7 });
  });

  it('gives the label itself the highest score there is, 1.5, when nothing is shorter', () => {
    expect(ranker.rank('Contador', 1)[0]?.score).toBeCloseTo(1.5, 5);
  });

  it.each(['', '   ', '🦜🦜', 'zzz', "'; -- %_$^[(*"])('finds nothing for %j', (text) => {
    expect(ranker.rank(text, 5)).toEqual([]);
  });

  it('answers the same whatever was asked before, in order, within its limit', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.constantFrom(...titles), (noise, title) => {
        const asked = `${title} ${noise}`;
        const before = ranker.rank(asked, 4);
        ranker.rank(noise, 3);
        expect(ranker.rank(asked, 4)).toEqual(before);
        expect(before.length).toBeLessThanOrEqual(4);
        expect(before.map(({ score }) => score)).toEqual(before.map(({ score }) => score).sort((a, b) => b - a));
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('reads the beginning of an endless text only', () => {
    expect(ranker.rank(`${Array.from({ length: 60 }, (_, i) => `x${i}q`).join(' ')} contador`, 5)).toEqual([]);
  });

  it('works over no labels at all', () => {
    expect(openLexicalRanker([]).rank('contador', 5)).toEqual([]);
  });
});

describe('the lexical index', () => {
  it('is the formula it says: half the share of the highest BM25, and the cosine of n-grams', () => {
    const index = openLexicalIndex(['contador', 'contador pleno', 'padeiro']);
    const scores = new Map<number, number>();
    index.match('contador', (row, score) => scores.set(row, score));
    // Lengths 1, 2, 1 against a mean of 4/3: the saturation of BM25 is 2.2 / (1 + 1.2 * (.25 + .75 * length / mean)).
    const saturation = (length: number) => 2.2 / (1 + 1.2 * (0.25 + (0.75 * length * 3) / 4));
    // n-grams of <contador>: 8 + 7 + 6, in two texts; of <pleno>: 5 + 4 + 3, in one.
    const [two, one] = [Math.log(4 / 3) + 1, Math.log(4 / 2) + 1];
    const cosine = Math.sqrt((21 * two ** 2) / (21 * two ** 2 + 12 * one ** 2));
    expect(scores.get(0)).toBeCloseTo(1.5, 5);
    expect(scores.get(1)).toBeCloseTo((0.5 * saturation(2)) / saturation(1) + cosine, 5);
    expect(scores.has(2)).toBe(false);
  });
});
