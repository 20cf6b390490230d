import { findOccupations } from '../../../src/domain/eco/find-occupations.ts';
import { type Occupations, occupationsOf } from '../../../src/domain/eco/occupations.ts';
import { openTitleIndex, type TitleIndex } from '../../../src/domain/eco/title-index.ts';
import { meaningOf, type TitleMeaning } from '../../../src/domain/eco/title-meaning.ts';
import { type Found, weighMeaning } from '../../../src/domain/eco/weigh-meaning.ts';
import { type LocalModel, openLocalModel } from '../../../src/platform/local-embedder.ts';
import { openTaxonomy } from '../../../src/platform/taxonomy.ts';

let occupations: Occupations;
let model: LocalModel;
beforeAll(async () => {
  [occupations, model] = await Promise.all([openTaxonomy().then(occupationsOf), openLocalModel()]);
});

const find = (title: string, more: { country?: string; own?: TitleIndex; model?: LocalModel } = {}) =>
  findOccupations(
    { occupations, own: more.own, model: more.model ?? model },
    { title, locale: 'pt-BR', country: more.country ?? 'BR', limit: 5 },
  ).occupations;
const blind = (): LocalModel => ({ ...model, knows: () => false });

describe('finding occupations by what a title means', () => {
  // Spanish is no language of the index: hardly a letter of these is in the title that is found.
  it.each([
    ['encargado de nóminas', 'Operador de processamento de pagamento de salários'],
    ['desarrollador de videojuegos', 'Desenvolvedor de jogos digitais'],
    ['responsable de tienda', 'Gerente de loja'],
    ['ingeniero de caminos', 'Engenheiro civil'],
  ])('%s is found as %s, and said to be found by meaning', (title, wanted) => {
    const found = find(title).find((one) => one.title === wanted);
    expect(found?.matched).toEqual({ text: wanted, as: 'meaning' });
    expect(found?.confidence).toBeLessThan(0.9);
    expect(find(title, { model: blind() }).map((one) => one.title)).not.toContain(wanted);
  });

  it.each(['Enfermeiro', 'People partner', 'Motorista de ônibus', 'dev java', 'Customer success manager'])(
    'a title that is written like one of the taxonomy (%s) is answered as letters have it',
    (title) => {
      expect(find(title)).toEqual(find(title, { model: blind() }));
    },
  );

  it.each(['enjenheiro de sofware', 'cientsta de dadso', 'motorista de caminaho', 'tecnico de enfermgem'])(
    'a slip of typing (%s) leaves the ranking to letters',
    (title) => {
      expect(find(title)).toEqual(find(title, { model: blind() }));
      expect(find(title).length).toBeGreaterThan(0);
    },
  );

  it.each(['asdfgh qwerty', '🚀🚀', '12345', '2000', 'zxcvb', 'Инженер', '护士', 'bom dia', '%_%'])(
    'nonsense (%s) finds nothing',
    (title) => {
      expect(find(title)).toEqual([]);
    },
  );

  it('keeps to the classifications of the country', () => {
    const systems = (country: string) =>
      new Set(find('encargado de nóminas', { country }).map(({ ecoId }) => ecoId.split(':')[0]));
    expect(systems('PT')).toEqual(new Set(['esco']));
    expect(systems('US')).not.toContain('cbo');
    expect(systems('BR')).not.toContain('onet');
  });

  it('takes nothing away from what a tenant calls an occupation', () => {
    const own = openTitleIndex([{ text: 'Responsável da tienda', occupation: 'own:dba', place: 0 }]);
    const [before] = own.find(['responsable de tienda'], 1);
    const dba = find('responsable de tienda', { own }).find(({ ecoId }) => ecoId === 'own:dba');
    expect(dba).toMatchObject({ confidence: before?.confidence, matched: { as: 'tenant-alias' } });
  });
});

describe('what a title means', () => {
  it('is unknown when a word of it is, and where it has no letters', () => {
    for (const title of ['enfermeira xqzwv', 'xqzwv', '', '42'])
      expect(meaningOf(model, title, ['cbo', 'esco', 'own'])).toBeUndefined();
  });

  it('is nearest to the occupation itself, and to nothing of a classification that was not asked', () => {
    const meaning = meaningOf(model, 'enfermeira', ['onet']);
    expect(meaning?.nearest(10).every((id) => id.startsWith('onet:'))).toBe(true);
    expect(meaning?.likelihood('onet:29-1141.00')).toBeGreaterThan(0.5);
    expect(meaning?.cosine('cbo:2235-05')).toBe(-1);
    expect(meaning?.likelihood('cbo:2235-05')).toBeLessThan(0.001);
  });
});

describe('weighing letters and meaning', () => {
  const likelihoods: Record<string, number> = { a: 0.1, b: 0.8, c: 0.6 };
  const meaning: TitleMeaning = {
    nearest: (count) => ['b', 'c', 'a'].slice(0, count),
    cosine: () => 0,
    likelihood: (id) => likelihoods[id] ?? 0,
  };
  const share = { near: 0.9, far: 0.5, greatest: 0.8 };
  const weigh = (written: Record<string, Found>, count = 1) =>
    Object.fromEntries(weighMeaning(new Map(Object.entries(written)), () => meaning, count, share));
  const title = (confidence: number): Found => ({ confidence, as: 'title', text: 'Título' });

  it('gives meaning its greatest share where letters say little', () => {
    // .2 * .5 + .8 * .1, and .8 * .8.
    expect(weigh({ a: title(0.5) })).toEqual({
      a: { ...title(0.5), confidence: 0.18 },
      b: { confidence: 0.64, as: 'meaning' },
    });
  });

  it('gives it less the nearer a title is', () => {
    // Half way from far to near the share is .4: .6 * .7 + .4 * .1, .6 * .6 + .4 * .6.
    expect(weigh({ a: title(0.7), c: title(0.6) }, 0)).toEqual({
      a: { ...title(0.7), confidence: 0.46 },
      c: { ...title(0.6), confidence: 0.6 },
    });
  });

  it('does not ask for it when a title is near, and does without it when it is unknown', () => {
    const written = new Map([['a', title(0.9)]]);
    const never = () => {
      throw new Error('was asked');
    };
    expect(weighMeaning(written, never, 5, share)).toBe(written);
    const unsure = new Map([['a', title(0.3)]]);
    expect(weighMeaning(unsure, () => undefined, 5, share)).toBe(unsure);
  });
});
