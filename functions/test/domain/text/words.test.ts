import fc from 'fast-check';
import { analyzeDocument, analyzeQuery, stemsOf } from '../../../src/domain/text/analyze.ts';
import { PhraseIndex } from '../../../src/domain/text/phrase-index.ts';
import { stem } from '../../../src/domain/text/stem.ts';
import { fold, nameKey, tokenize } from '../../../src/domain/text/tokens.ts';

const anyText = fc.string({ unit: 'grapheme', maxLength: 200 });

describe('tokenize', () => {
  const words = (text: string) => tokenize(text).map(({ folded }) => folded);

  it('folds case and accents and keeps the signs that make a name', () => {
    expect(words('Programação em C++, C# e .NET; Node.js')).toEqual([
      'programacao',
      'em',
      'c++',
      'c#',
      'e',
      '.net',
      'node',
      'js',
    ]);
  });

  it('points at each word in the text, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let end = 0;
        for (const token of tokenize(text)) {
          expect(token.start).toBeGreaterThanOrEqual(end);
          expect(fold(text.slice(token.start, token.end))).toBe(token.folded);
          end = token.end;
        }
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('stops at its limit', () => {
    expect(tokenize('a '.repeat(100), 7)).toHaveLength(7);
  });

  it('makes one key of a name however it is written', () => {
    expect(new Set(['São  Paulo', 'sao paulo', 'SÃO-PAULO', ' São Paulo. '].map(nameKey))).toEqual(
      new Set(['sao paulo']),
    );
  });
});

describe('stem', () => {
  it.each([
    ['desenvolvedora', 'desenvolvedores'],
    ['analista', 'analistas'],
    ['contabil', 'contabeis'],
    ['gestao', 'gestoes'],
    ['engenheira', 'engenheiros'],
    ['developer', 'developers'],
    ['managing', 'managed'],
    ['vendedor', 'vendedora'],
    ['radiologia', 'radiologista'],
    ['atendente', 'atendimento'],
    ['automated', 'automation'],
    ['algebra', 'algebraic'],
    ['model', 'modeling'],
    ['frequency', 'frequencies'],
    ['certificate', 'certification'],
  ])('meets %s and %s in one form', (a, b) => {
    expect(stem(a)).toBe(stem(b));
  });

  it.each(['sql', 'c++', 'c#', '.net', 'h2o', 'aws', 's3'])('leaves %s as it is', (name) => {
    expect(stem(name)).toBe(name);
  });

  it('keeps apart what differs', () => {
    expect(
      new Set(
        ['analista', 'gerente', 'contador', 'enfermeiro', 'engenheiro', 'motorista', 'capitao', 'capital'].map(stem),
      ).size,
    ).toBe(8);
  });
});

describe('analysis', () => {
  it('drops words that say nothing, in both languages', () => {
    expect(stemsOf('a o de para com the of and')).toEqual([]);
  });

  it('gives the same words with and without accents and capitals', () => {
    expect(analyzeQuery('CIÊNCIA DE DADOS', [])).toEqual(analyzeQuery('ciencia de dados', []));
  });

  it('gives ascending distinct terms with weights above 0 and below 1, for any text', () => {
    fc.assert(
      fc.property(anyText, anyText, (title, body) => {
        const fields = [
          { text: title, boost: 3, pivot: 6 },
          { text: body, boost: 1, pivot: 200 },
        ];
        const { terms, weights } = analyzeDocument(fields, ['skill:java']);
        expect(terms).toEqual([...new Set(terms)].sort((a, b) => a - b));
        expect(terms.every((term) => Number.isInteger(term) && term >= 1 && term <= 1_000_000_000)).toBe(true);
        expect(weights.every((weight) => weight > 0 && weight < 1)).toBe(true);
        expect(weights).toHaveLength(terms.length);
      }),
      { seed: 7, numRuns: 100 },
    );
  });

  it('weighs a word in a title above the same word in a long text, and repetition less each time', () => {
    const weightOf = (text: string, boost: number, pivot: number) =>
      analyzeDocument([{ text, boost, pivot }], []).weights[0] ?? 0;
    expect(weightOf('contador', 3, 6)).toBeGreaterThan(weightOf('contador', 1, 200));
    const [one, two, three] = [1, 2, 3].map((n) => weightOf('contador '.repeat(n), 1, 200));
    expect((two ?? 0) - (one ?? 0)).toBeGreaterThan((three ?? 0) - (two ?? 0));
  });
});

describe('PhraseIndex', () => {
  const index = new PhraseIndex<string>();
  for (const name of ['Java', 'Spring Boot', 'Spring', 'Power BI', 'C', 'Node.js']) index.add(name, name.toLowerCase());
  index.add('Go', 'go', 'Go');
  const found = (text: string) => index.find(text).map(({ value }) => value);

  it('finds whole words only, the longest at each place', () => {
    expect(found('JavaScript, java e Spring Boot com Spring')).toEqual(['java', 'spring boot', 'spring']);
  });

  it('joins over hyphen, dot and space, never over a comma or a line', () => {
    expect(found('spring-boot')).toEqual(['spring boot']);
    expect(found('node js')).toEqual(['node.js']);
    expect(found('Spring, Boot')).toEqual(['spring']);
    expect(found('Power\nBI')).toEqual([]);
  });

  it('takes an ordinary word for a name only as the name is written', () => {
    expect(found('we go with Go')).toEqual(['go']);
  });

  it('takes no letter of something else for a name', () => {
    expect(found('vitamina C')).toEqual(['c']);
    expect(found('C$ 5, C&A e P&C')).toEqual([]);
  });

  it('points at the words as they stand, for any text around them', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const whole = `${text}\nPower BI\n${text}`;
        const mentions = index.find(whole);
        expect(mentions.map(({ value }) => value)).toContain('power bi');
        for (const { start, end, value } of mentions) {
          expect(nameKey(whole.slice(start, end))).toBe(nameKey(value));
        }
      }),
      { seed: 7, numRuns: 100 },
    );
  });
});
