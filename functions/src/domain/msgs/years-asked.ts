import { fold } from '../text/tokens.ts';

const words: Readonly<Record<string, number>> = {
  um: 1,
  uma: 1,
  one: 1,
  dois: 2,
  duas: 2,
  two: 2,
  tres: 3,
  three: 3,
  quatro: 4,
  four: 4,
  cinco: 5,
  five: 5,
  seis: 6,
  six: 6,
  sete: 7,
  seven: 7,
  oito: 8,
  eight: 8,
  nove: 9,
  nine: 9,
  dez: 10,
  ten: 10,
};
const number = `(\\d{1,2}|${Object.keys(words).join('|')})`;
const unit = '(?:anos?|years?|yrs?)\\b';
/** `3 a 5 anos`, `5+ years`, `dois (2) anos`: the first number is the fewest asked for. */
const stated = new RegExp(
  `\\b${number}\\s*(?:\\(\\d{1,2}\\)\\s*)?\\+?\\s*(?:(?:a|ate|e|-|–|to)\\s*${number}\\s*\\+?\\s*|ou mais\\s*|or more\\s*)?(?:de\\s)?${unit}`,
  'g',
);
const asking = /experienc|vivenci|atuacao|atuando|minim[oa]|pelo menos|ao menos|at least|required|requer/;
/** Years of something else: of the company, or of life. */
const ofSomethingElse =
  /\b(mercado|idade|historia|tradicao|fundad[ao]|existencia|years old|in business|founded|history|ate \d+ anos de)\b/;
const most = 30;

/**
 * The fewest years of experience that a text asks for, 0 to 30; of several demands the highest, since all have to be met. Null
 * when it asks for none, in Portuguese or English. Only sentences count that speak of experience or of a minimum.
 */
export function yearsAsked(text: string): number | null {
  const demands = fold(text)
    .split(/[\n;•]|[.!?](?:\s|$)/)
    .filter((sentence) => asking.test(sentence) && !ofSomethingElse.test(sentence))
    .flatMap((sentence) => [...sentence.matchAll(stated)].map(([, fewest = '']) => words[fewest] ?? Number(fewest)))
    .filter((years) => years <= most);
  return demands.length > 0 ? Math.max(...demands) : null;
}
