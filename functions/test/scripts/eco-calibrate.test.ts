import { fitLogistic } from '../../../scripts/eco-calibrate/logistic.ts';
import { questionsOf } from '../../../scripts/eco-calibrate/questions.ts';
import { calibrate } from '../../../scripts/eco-calibrate/run.ts';
import { Tally } from '../../../scripts/eco-calibrate/tally.ts';
import { withholdLabels } from '../../../scripts/embedder/withhold.ts';
import { fold } from '../../src/domain/text/tokens.ts';
import { openTaxonomy } from '../../src/platform/taxonomy.ts';

describe('withheld labels', () => {
  it('are gone from every occupation and language, the same ones each time, and leave no occupation without a name', async () => {
    const whole = await (await openTaxonomy()).part('occupations');
    const { occupations, withheld } = withholdLabels(whole);
    const kept = new Set(occupations.flatMap(({ labels }) => Object.values(labels).flat().map(fold)));
    expect(withheld.filter(({ text }) => kept.has(fold(text)))).toEqual([]);
    expect(withheld.length).toBeGreaterThan(3_000);
    expect(occupations.map(({ id }) => id)).toEqual(whole.map(({ id }) => id));
    expect(occupations.filter(({ labels }) => Object.values(labels).flat().length === 0)).toEqual([]);
    expect(withholdLabels(whole).withheld).toEqual(withheld);
  });

  it('mean the occupations that have them and those linked as exact or close, O*NET’s left out', () => {
    const occupation = (id: string, system: 'cbo' | 'esco' | 'onet', label: string) =>
      ({ id, system, group: '1', labels: { en: [label], 'pt-BR': ['enfermeira'] } }) as const;
    const occupations = [
      occupation('cbo:1', 'cbo', 'registered nurse'),
      occupation('esco:2', 'esco', 'nurse'),
      occupation('esco:3', 'esco', 'midwife'),
      occupation('onet:4', 'onet', 'nurses'),
    ];
    const link = { method: 'curated', confidence: 1 } as const;
    const links = [
      { ...link, from: 0, to: 1, match: 'close' } as const,
      { ...link, from: 0, to: 2, match: 'related' } as const,
      { ...link, from: 0, to: 3, match: 'exact' } as const,
    ];
    const withheld = [
      { text: 'RN', language: 'en', owners: new Set(['cbo:1', 'onet:4']) },
      { text: 'only there', language: 'en', owners: new Set(['onet:4']) },
    ];
    const [asked, slip] = questionsOf({ occupations, links }, occupations, withheld, 1);
    expect(asked).toEqual({ text: 'RN', kind: 'withheld en', right: new Set(['cbo:1', 'esco:2']) });
    expect(slip?.kind).toBe('misspelt');
  });
});

describe('calibrating', () => {
  it('finds the curve that observations were drawn from', () => {
    const observations = Array.from({ length: 101 }, (_, i) => i / 100).flatMap((value) => {
      const right = Math.round(100 / (1 + Math.exp(-9 * (value - 0.7))));
      return Array.from({ length: 100 }, (_, n) => ({ value, was: n < right }));
    });
    const { slope, even } = fitLogistic(observations);
    expect(slope).toBeCloseTo(9, 0);
    expect(even).toBeCloseTo(0.7, 2);
  });

  it('counts first and first five answers, and how far confidence was from the truth', () => {
    const tally = new Tally();
    const question = { text: '', kind: '', right: new Set(['a']) };
    tally.add(question, [['a', 0.9]]);
    tally.add(question, [
      ['b', 0.5],
      ['a', 0.4],
    ]);
    tally.add(question, []);
    // .1 squared, .5 squared and nothing said.
    expect(tally.figures()).toEqual({ asked: 3, at1: 0.333, at5: 0.667, brier: 0.087 });
    expect(tally.reliability()).toEqual([
      { from: 0, answers: 1, right: 0 },
      { from: 0.5, answers: 1, right: 0 },
      { from: 0.9, answers: 1, right: 1 },
    ]);
  });

  it('refuses the model that ships, which has seen every label', async () => {
    await expect(calibrate(new URL('../../data/', import.meta.url), 10)).rejects.toThrow(
      'was not trained with --withhold',
    );
  });
});
