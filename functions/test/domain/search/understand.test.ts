import { type Understanding, understand } from '../../../src/domain/search/understand.ts';
import { type Recognizer, recognizerOf } from '../../../src/domain/text/recognizer.ts';
import { openLexicon } from '../../../src/platform/lexicon.ts';

let recognizer: Recognizer;
beforeAll(async () => {
  recognizer = recognizerOf(await openLexicon());
});
const asked = (text: string) => understand(recognizer, text);
const ids = ({ skills }: Understanding) => skills.map(({ anyOf }) => anyOf.map(({ id }) => id));
const wanted = ({ skills }: Understanding) =>
  Object.fromEntries(skills.map(({ anyOf, importance }) => [anyOf[0]?.id, importance]));

describe('skills', () => {
  it('are known by any of their spellings, in any case, with and without accents', () => {
    for (const text of ['JavaScript', 'JS', 'javascript', 'JAVASCRIPT'])
      expect([text, ids(asked(text))]).toEqual([text, [['javascript']]]);
    expect(ids(asked('folha de pagamento'))).toEqual(ids(asked('Folha de Pagamento')));
  });

  it('that are ordinary words are found in a query typed without capitals, and only there', () => {
    expect(ids(asked('analista com excel e power bi'))).toEqual([['microsoft-excel'], ['power-bi']]);
    expect(ids(asked('You will excel in Power BI'))).toEqual([['power-bi']]);
  });

  it('joined by "ou", "or" or a slash are alternatives of one wish', () => {
    for (const text of ['Java ou Kotlin', 'Java or Kotlin', 'Java/Kotlin'])
      expect([text, ids(asked(text))]).toEqual([text, [['java', 'kotlin']]]);
    expect(ids(asked('Java e Kotlin'))).toEqual([['java'], ['kotlin']]);
  });

  it.each([
    'Requisitos: Java\nDiferencial: Kafka',
    'Java obrigatório. Kafka será um plus.',
    'Required: Java.\nNice to have: Kafka.',
    'Must have:\nJava\nPreferred:\nKafka',
    'Precisa de Java. Desejável Kafka.',
  ])('are required or preferred by their cue: %j', (text) => {
    expect(wanted(asked(text))).toEqual({ java: 'required', 'apache-kafka': 'preferred' });
  });

  it('that are said not to be needed are not asked for', () => {
    expect(wanted(asked('Java. Kafka não é necessário.'))).toEqual({ java: 'required' });
    expect(wanted(asked('Java. Kafka is not required.'))).toEqual({ java: 'required' });
  });

  it('are asked for once, however often they are said', () => {
    expect(ids(asked('Java, Java e mais Java'))).toEqual([['java']]);
  });
});

describe('years', () => {
  it.each([
    ['5 anos de experiência', { min: 5 }],
    ['mínimo de 3 anos', { min: 3 }],
    ['5+ years', { min: 5 }],
    ['3 a 5 anos', { min: 3, max: 5 }],
    ['3-5 years', { min: 3, max: 5 }],
    ['de 3 até 5 anos', { min: 3, max: 5 }],
    ['no máximo 4 anos', { max: 4 }],
    ['up to 4 years', { max: 4 }],
    ['experiência comprovada', {}],
  ])('%j', (text, years) => {
    expect(asked(text).years).toEqual(years);
  });
});

describe('who, where and how', () => {
  it('takes level and occupation from a title in either language and gender', () => {
    for (const text of ['Desenvolvedora Backend Sênior', 'desenvolvedor backend senior', 'Senior backend developer']) {
      const { seniority, functions, titles } = asked(text);
      expect([text, seniority, functions, titles.length > 0]).toEqual([text, ['senior'], ['engineering'], true]);
    }
  });

  it('takes places with and without accents, and knows a state by its letters only in capitals', () => {
    expect(asked('em São Paulo').places.map(({ name }) => name)).toEqual(
      asked('em sao paulo').places.map(({ name }) => name),
    );
    expect(asked('se for em Recife').places.map(({ name }) => name)).toEqual(['Recife']);
    expect(asked('Aracaju, SE').places.map(({ name }) => name)).toContain('Sergipe');
  });

  it.each([
    ['inglês fluente', { code: 'en', level: 'C1' }],
    ['fluent English', { code: 'en', level: 'C1' }],
    ['inglês intermediário', { code: 'en', level: 'B2' }],
    ['português nativo', { code: 'pt', level: 'native' }],
    ['espanhol', { code: 'es' }],
  ])('takes a language with its level: %j', (text, language) => {
    expect(asked(text).languages).toEqual([language]);
  });

  it.each([
    ['trabalho remoto', ['remote']],
    ['home office', ['remote']],
    ['híbrido em Recife', ['hybrid']],
    ['100% presencial', ['onsite']],
    ['remote or hybrid', ['remote', 'hybrid']],
    ['em Recife', []],
  ])('takes the work mode: %j', (text, workModes) => {
    expect(asked(text).workModes).toEqual(workModes);
  });
});

describe('a text that asks for nothing known', () => {
  it.each(['', '   ', '!!!', '🦊', 'xyzzy plugh', '\n\n:\n'])('asks for nothing: %j', (text) => {
    expect(asked(text)).toMatchObject({
      skills: [],
      titles: [],
      seniority: [],
      years: {},
      places: [],
      languages: [],
      workModes: [],
    });
  });

  it('is the same every time', () => {
    const text =
      'Analista de dados pleno com SQL, Python ou R, inglês avançado, 3 a 5 anos, híbrido em Campinas. Diferencial: Power BI.';
    expect(asked(text)).toEqual(asked(text));
    expect(JSON.stringify(asked(text))).toBe(JSON.stringify(asked(text)));
  });
});
