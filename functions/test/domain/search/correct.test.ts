import { correct } from '../../../src/domain/search/correct.ts';
import { understand } from '../../../src/domain/search/understand.ts';
import { type Recognizer, recognizerOf } from '../../../src/domain/text/recognizer.ts';
import { openLexicon } from '../../../src/platform/lexicon.ts';

let recognizer: Recognizer;
beforeAll(async () => {
  recognizer = recognizerOf(await openLexicon());
});
const text = 'Analista de dados com SQL, Python ou R. Desejável: Power BI';
const corrected = (corrections: Parameters<typeof correct>[2]) =>
  correct(recognizer, understand(recognizer, text), corrections);
const wishes = (read: ReturnType<typeof corrected>) =>
  read.understood.skills.map(({ anyOf, importance }) => [anyOf.map(({ id }) => id).join('|'), importance]);

describe('corrections', () => {
  it('that are none change nothing', () => {
    expect(corrected(undefined)).toEqual(understand(recognizer, text));
    expect(corrected({})).toEqual(understand(recognizer, text));
  });

  it('put out a skill with its words, and say so', () => {
    const read = corrected({ ignoredSkills: ['sql', 'r'] });
    expect(wishes(read)).toEqual([
      ['python', 'required'],
      ['power-bi', 'preferred'],
    ]);
    expect(read.understood.ignored.map(({ id, because }) => [id, because])).toEqual([
      ['sql', 'correction'],
      ['r', 'correction'],
    ]);
    expect(read.asking).not.toMatch(/SQL|\bR\b/);
    expect(read.asking).toHaveLength(text.length);
  });

  it('raise, lower and add', () => {
    const read = corrected({ requiredSkills: ['power-bi', 'microsoft-excel'], preferredSkills: ['python'] });
    expect(wishes(read)).toEqual([
      ['sql|python|r', 'preferred'],
      ['power-bi', 'required'],
      ['microsoft-excel', 'required'],
    ]);
    expect(read.understood.skills.at(-1)?.anyOf).toEqual([{ id: 'microsoft-excel', label: 'Microsoft Excel' }]);
  });

  it('put other titles in the place of those read, with their functions', () => {
    expect(corrected({ titles: [] }).understood).toMatchObject({ titles: [], functions: [] });
    const { titles, functions } = corrected({ titles: ['own:data-engineer'] }).understood;
    expect(titles).toMatchObject([{ id: 'own:data-engineer' }]);
    expect(functions).toEqual(['data']);
  });

  it.each([
    [{ requiredSkills: ['sql', 'nenhuma'] }, 'corrections.requiredSkills[1]', /no skill id/],
    [{ titles: ['cbo:0'] }, 'corrections.titles[0]', /no title id/],
    [{ preferredSkills: ['sql'], ignoredSkills: ['sql'] }, 'corrections.ignoredSkills[0]', /also in preferredSkills/],
  ])('that make no sense are refused by name: %j', (corrections, path, message) => {
    expect(() => corrected(corrections)).toThrow(
      expect.objectContaining({
        code: 'input.invalid',
        details: [{ path, message: expect.stringMatching(message) }],
      }) as Error,
    );
  });
});
