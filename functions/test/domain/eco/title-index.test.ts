import { likeness } from '../../../src/domain/eco/likeness.ts';
import { openTitleIndex } from '../../../src/domain/eco/title-index.ts';

const index = openTitleIndex([
  { text: 'Enfermeiro', occupation: 'cbo:1', place: 0 },
  { text: 'Enfermeira de UTI', occupation: 'cbo:1', place: 1 },
  { text: 'Engenheiro de software', occupation: 'own:2', place: 0 },
  { text: 'Software engineer', occupation: 'own:2', place: 0 },
  { text: 'Engenheiro civil', occupation: 'cbo:3', place: 0 },
  { text: 'Engenheiro de software', occupation: 'esco:4', place: 3 },
]);

const ids = (...asked: Parameters<typeof index.find>) => index.find(...asked).map(({ occupation }) => occupation);

describe('finding occupations by title', () => {
  it('is sure of a title that is the same but for case and accents', () => {
    const [first] = index.find(['ENGENHEIRO CIVIL'], 1);
    expect(first).toMatchObject({ occupation: 'cbo:3', confidence: 1 });
  });

  it('puts the preferred title before an alternative one, and the first reading before the others', () => {
    expect(ids(['engenheiro de software'], 2)).toEqual(['own:2', 'esco:4']);
    expect(ids(['engenheiro civil', 'enfermeiro'], 2)).toEqual(['cbo:3', 'cbo:1']);
  });

  it('finds what is misspelt, and is less sure of it', () => {
    const [first] = index.find(['enjenheiro de sofware'], 1);
    expect(first?.occupation).toBe('own:2');
    expect(first?.confidence).toBeLessThan(1);
    expect(first?.confidence).toBeGreaterThan(0.5);
  });

  it('finds nothing for other scripts, signs and no text, and heeds which titles count', () => {
    for (const nothing of ['Инженер', '护士', '🚀', '', '%_\\']) expect(ids([nothing], 5)).toEqual([]);
    expect(ids([], 5)).toEqual([]);
    expect(ids(['engenheiro de software'], 5, ({ occupation }) => occupation.startsWith('esco:'))).toEqual(['esco:4']);
  });

  it('is the same at every call', () => {
    const once = index.find(['engenheiro'], 5);
    expect(index.find(['engenheiro'], 5)).toEqual(once);
  });
});

it('likeness is 1 for the same words, 0 for none shared', () => {
  expect(likeness('Técnico', 'tecnico')).toBe(1);
  expect(likeness('abc', 'xyz')).toBe(0);
  expect(likeness('', '')).toBe(0);
  // <a ab b> and <a ab bc c>: two of seven bigrams shared.
  expect(likeness('ab', 'abc')).toBeCloseTo(4 / 7);
});
