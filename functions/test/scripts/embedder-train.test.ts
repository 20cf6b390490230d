import type { Examples } from '../../../scripts/embedder/examples.ts';
import { quantise } from '../../../scripts/embedder/quantise.ts';
import { exp } from '../../../scripts/embedder/softmax-loss.ts';
import { train } from '../../../scripts/embedder/train.ts';
import { readVocabulary } from '../../../scripts/embedder/vocabulary.ts';
import { openEncode } from '../../src/platform/local-embedder/encode.ts';
import { rowOf } from '../../src/platform/local-embedder/rows.ts';

const shape = { dimensions: 16, rows: 512, ownRows: 256 };
const names = [
  ['nurse', 'enfermeira'],
  ['lawyer', 'advogado'],
  ['baker', 'padeiro'],
  ['truck driver', 'camionista'],
  ['hairdresser', 'cabeleireiro'],
  ['accountant', 'guarda livros'],
];
// Each name stands in two texts, since what only one has is not learned.
const texts = names.flatMap((pair) => pair.flatMap((name) => [name, `${name} chefe`]));
const examples: Examples = {
  texts,
  concepts: names.map((_, i) => ({ names: [0, 1, 2, 3].map((n) => ({ text: 4 * i + n, weight: 1 })) })),
  relations: [
    {
      name: 'names',
      weight: 1,
      temperature: 0.15,
      pairs: names.map((_, i) => ({ left: i, right: i, family: '' })),
    },
  ],
  occupations: [],
};
const vocabulary = readVocabulary(examples.texts, (rank, hash) => rowOf(rank, hash, shape));
const trained = (seed: string, steps: number) =>
  train(examples, vocabulary, { seed, ...shape, batch: 16, steps, learningRate: [0.05, 0.005] }, () => {});

const encoderOf = (table: Float32Array) =>
  openEncode({
    manifest: { ...shape, model: '', features: 0, concepts: 0, bytes: 0, sha256: '', taxonomy: '', training: {} },
    hashes: vocabulary.hashes,
    idf: vocabulary.idf,
    table: quantise(table, shape.dimensions),
    conceptIds: [],
    concepts: { scales: new Float32Array(), values: new Int8Array() },
  });
const cosine = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, i) => sum + x * (b[i] ?? 0), 0);

/** How many names are nearest to their own translation. */
function translated(table: Float32Array): number {
  const encode = encoderOf(table);
  const right = names.map(([, name = '']) => encode(name));
  return names.filter(([name = ''], i) => {
    const cosines = right.map((vector) => cosine(encode(name), vector));
    return cosines.indexOf(Math.max(...cosines)) === i;
  }).length;
}

describe('training the embedder', () => {
  it('gives the same numbers from the same seed, and others from another', () => {
    const [one, again, two] = ['one', 'one', 'two'].map((seed) => trained(seed, 20));
    expect(Number.isFinite(one?.[0])).toBe(true);
    expect([one?.join() === again?.join(), one?.join() === two?.join()]).toEqual([true, false]);
  });

  it('brings names of one thing together, as far as the shipped encoder reads it', () => {
    expect(translated(trained('one', 300))).toBe(names.length);
    expect(translated(trained('one', 1))).toBeLessThan(names.length);
  });

  it('knows no feature that only one text has', () => {
    const alone = readVocabulary(['zebra', 'lion'], (rank) => rank);
    expect(alone.hashes).toHaveLength(0);
    expect(alone.texts.starts).toHaveLength(3);
  });

  it('rounds a vector to the nearest of 255 steps', () => {
    const { scales, values } = quantise(Float32Array.of(0.5, -1, 0.25, 0, 0, 0), 3);
    expect([...values]).toEqual([64, -127, 32, 0, 0, 0]);
    expect([...scales].map((scale) => scale * 127)).toEqual([expect.closeTo(1, 6), 0]);
  });

  it('has an exponential that agrees with the machine’s to twelve digits', () => {
    for (let x = 0; x > -60; x -= 0.37) expect(exp(x) / Math.exp(x)).toBeCloseTo(1, 12);
  });
});
