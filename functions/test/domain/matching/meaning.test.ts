import { openConceptGraph } from '../../../src/domain/matching/concept-graph.ts';
import { openConceptRanker } from '../../../src/domain/matching/concept-ranker.ts';
import { openNameRanker } from '../../../src/domain/matching/name-ranker.ts';
import { openSkillFinder } from '../../../src/domain/matching/skill-finder.ts';
import { dots, largest, normalise, stack } from '../../../src/domain/matching/vectors.ts';
import { windowsOf } from '../../../src/domain/matching/windows.ts';
import { type LocalModel, openLocalModel } from '../../../src/platform/local-embedder.ts';

let model: LocalModel;
beforeAll(async () => {
  model = await openLocalModel();
});

describe('vectors', () => {
  it('multiply row by row', () => {
    const rows = stack([Float32Array.of(1, 2, 3, 4), Float32Array.of(0, 1, 0, 1)], 2, 4);
    expect([...dots(rows, Float32Array.of(1, 1, 1, 2), new Float32Array(2))]).toEqual([14, 3]);
  });

  it.each([2, 3, 20])('have their %i largest numbers found in order, equals by position', (count) => {
    const numbers = Float32Array.of(0.2, 0.9, 0.5, 0.9, 0.1);
    expect(largest(numbers, count)).toEqual([1, 3, 2, 0, 4].slice(0, count));
    const many = Float32Array.from({ length: 500 }, (_, i) => (i * 7919) % 101);
    const sorted = [...many.keys()].sort((x, y) => (many[y] ?? 0) - (many[x] ?? 0) || x - y);
    expect(largest(many, count * 10)).toEqual(sorted.slice(0, count * 10));
  });

  it('keep a null vector when made of length 1', () => {
    expect([...normalise(new Float32Array(2))]).toEqual([0, 0]);
    expect([...normalise(Float32Array.of(3, 4))]).toEqual([expect.closeTo(0.6, 6), expect.closeTo(0.8, 6)]);
  });
});

describe('the concept graph', () => {
  it('pulls a vector to the concepts around it, the nearest most, and leaves it of length 1', () => {
    const far = [1, 2, 3, 4].map((i) => Float32Array.from({ length: 8 }, (_, o) => (o === i + 2 ? -1 : 0)));
    const near = Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0);
    const graph = openConceptGraph(stack([near, ...far], 5, 8), ['a', 'b', 'c', 'd', 'e']);
    const pulled = graph.pull(Float32Array.of(0.6, 0.8, 0, 0, 0, 0, 0, 0));
    // x + .7 p c, with p = 1 / (1 + 4 e^-6) at temperature .1, and what is left for the four far ones; made of length 1.
    const share = 0.7 / (1 + 4 * Math.exp(-6));
    const [x, y, rest] = [0.6 + share, 0.8, share * Math.exp(-6)];
    const length = Math.hypot(x, y, rest, rest, rest, rest);
    expect(pulled[0]).toBeCloseTo(x / length, 5);
    expect(pulled[1]).toBeCloseTo(y / length, 5);
    expect(Math.hypot(...pulled)).toBeCloseTo(1, 5);
  });

  it('pulls towards the group of a concept too', () => {
    const concepts = stack([Float32Array.of(1, 0, 0, 0), Float32Array.of(0, 0, 1, 0)], 2, 4);
    const asked = Float32Array.of(0.6, 0.8, 0, 0);
    const towards = (groups: string[]) => openConceptGraph(concepts, groups).pull(asked)[2] ?? 0;
    expect(towards(['one', 'one'])).toBeGreaterThan(10 * towards(['one', 'another']));
  });
});

describe('the ranker of names', () => {
  it('finds titles by what they mean and by how they are written', () => {
    const titles = ['Truck driver', 'Registered nurse', 'Advogado trabalhista', 'Padeiro', 'Geologist'];
    const { dimensions, values, ids } = model.occupations;
    const labels = titles.map((text) => ({ text, concept: text }));
    const ranker = openNameRanker(labels, model.encode, openConceptGraph({ dimensions, values }, ids));
    const first = (text: string) => ranker.rank(text, 1)[0]?.concept;
    expect(['caminhoneiro', 'enfermeira', 'labour lawyer', 'panadero', 'geologst'].map(first)).toEqual(titles);
    expect(ranker.rank('caminhoneiro', 9)).toHaveLength(titles.length);
  });
});

describe('the ranker of concepts', () => {
  it('finds a concept by any of its names, and says which one', () => {
    const labels = [
      { text: 'truck driver', concept: 'driver' },
      { text: 'motorista de caminhão', concept: 'driver' },
      { text: 'nurse', concept: 'nurse' },
      { text: 'enfermeiro', concept: 'nurse' },
      { text: 'judge', concept: 'judge' },
    ];
    const ranker = openConceptRanker(labels, model.encode, () => undefined);
    const [best] = ranker.rank('motorista carreteiro de caminhão', 3);
    expect([best?.concept, labels[best?.label ?? -1]?.text]).toEqual(['driver', 'motorista de caminhão']);
    expect(ranker.rank('enfermeira', 3).map(({ concept }) => concept)[0]).toBe('nurse');
    const scores = ranker.rank('juiz', 3).map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });
});

describe('skills in sentences', () => {
  it('are found in whatever words, several in one sentence', () => {
    const finder = openSkillFinder(
      [
        { id: 'sql', names: ['SQL', 'structured query language'] },
        { id: 'team', names: ['work in teams'], description: 'Work with others towards a common goal.' },
        { id: 'budget', names: ['manage budgets'], description: 'Plan, monitor and report on the budget.' },
        { id: 'milk', names: ['milk animals'] },
        { id: 'weld', names: ['welding techniques'] },
      ],
      model.encode,
    );
    const found = finder.rank('You plan and monitor the budget, write SQL queries and enjoy working with a team.', 3);
    expect(new Set(found.map(({ concept }) => concept))).toEqual(new Set(['sql', 'team', 'budget']));
  });

  it('are looked for in clauses and in spans of 2, 3, 4 and 6 words', () => {
    expect(windowsOf('write C# code, and tests')).toEqual(
      expect.arrayContaining(['write C# code', 'tests', 'write C#', 'C# code', 'code and', 'write C# code and']),
    );
    expect(windowsOf('')).toEqual([]);
    expect(windowsOf('word '.repeat(3_000)).length).toBeLessThanOrEqual(400);
  });
});
