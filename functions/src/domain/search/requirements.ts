import type { Span, Understanding } from './understanding.ts';

const numbers: Readonly<Record<string, number>> = {
  ...{ um: 1, dois: 2, tres: 3, quatro: 4, cinco: 5, seis: 6, sete: 7, oito: 8, nove: 9, dez: 10 },
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 },
};
const count = `(\\d{1,2}|${Object.keys(numbers).join('|')})`;
const unit = '(?:\\(\\w+\\) )?(?:anos?|years?|yrs?)\\b';
const yearPatterns = [
  [
    new RegExp(`\\b${count}\\s*(?:a|ate|e|-|–|to|and)\\s*${count}\\s*\\+?\\s*${unit}`, 'g'),
    (a: number, b: number) => ({ min: a, max: b }),
  ],
  [
    new RegExp(`(?:no maximo|ate|at most|up to|less than|menos de)\\s*${count}\\s*${unit}`, 'g'),
    (a: number) => ({ max: a }),
  ],
  [new RegExp(`\\b${count}\\s*\\+?\\s*(?:ou mais\\s*|or more\\s*)?${unit}`, 'g'), (a: number) => ({ min: a })],
] as const;
// The age of a person or a company, and what somebody has been doing: "maior de 18 anos", "há 20 anos no mercado".
const notExperience =
  /(?:maior(?:es)? de|idade|\bha(?: mais de)?|fundad[ao]|over the (?:last|past)|for (?:over|more than)|aged?)\s*$/;
const notExperienceAfter =
  /^\s*(?:de (?:mercado|idade|historia|tradicao|fundacao)|no mercado|old\b|in business|of history)/;

/** The first statement of years of experience. @param folded of the text that asks */
export function yearsAsked(folded: string): { years: Understanding['years']; spans: Span[] } {
  for (const [pattern, read] of yearPatterns) {
    for (const match of folded.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      if (
        notExperience.test(folded.slice(Math.max(0, start - 24), start)) ||
        notExperienceAfter.test(folded.slice(end))
      )
        continue;
      const [a, b] = [match[1], match[2]].map((word) => (word === undefined ? 0 : (numbers[word] ?? Number(word))));
      const years: Understanding['years'] = read(a ?? 0, b ?? 0);
      // "5 a 3 anos" is a slip of the keyboard.
      const { min, max } = years;
      const ordered = min !== undefined && max !== undefined && min > max ? { min: max, max: min } : years;
      return { years: ordered, spans: [{ start, end }] };
    }
  }
  return { years: {}, spans: [] };
}

const modes = [
  ['remote', /\b(?:remot[oa]s?|home ?-?office|remote(?:ly)?|teletrabalho|work from home|wfh)\b/g],
  ['hybrid', /\b(?:hibrid[oa]s?|hybrid)\b/g],
  ['onsite', /\b(?:presencia(?:l|is)|on-?site|in[ -]office)\b/g],
] as const;

/** Remote, hybrid, on site, in this order; "acesso remoto" and "100% presencial" included as they stand. */
export function workModesAsked(folded: string): { workModes: Understanding['workModes']; spans: Span[] } {
  const found = modes.map(([mode, pattern]) => ({
    mode,
    spans: [...folded.matchAll(pattern)]
      .filter(
        ({ index }) =>
          !/\b(?:acesso|suporte|atendimento|remote|curso|ensino)\s*$/.test(
            folded.slice(Math.max(0, index - 14), index),
          ),
      )
      .map(({ index, 0: word }) => ({ start: index, end: index + word.length })),
  }));
  return {
    workModes: found.filter(({ spans }) => spans.length > 0).map(({ mode }) => mode),
    spans: found.flatMap(({ spans }) => spans),
  };
}

const levels = [
  ['native', /\b(?:nativ[oa]|native|lingua materna|mother tongue)\b/],
  ['C1', /\b(?:fluentes?|fluencia|fluent|fluency|avancad[oa]|advanced|c1|c2)\b/],
  ['B2', /\b(?:intermediari[oa]|intermediate|tecnic[oa]|b2)\b/],
] as const;

/** The level that is asked of the language at `start`..`end`: said in its own part of the sentence, after it or before. */
export function levelNear(folded: string, { start, end }: Span): 'native' | 'C1' | 'B2' | undefined {
  const after = folded.slice(end, end + 25).split(/[\n.;,]| e | and | ou | or /, 1)[0] ?? '';
  const before =
    folded
      .slice(Math.max(0, start - 20), start)
      .split(/[\n.;,]| e | and | ou | or /)
      .at(-1) ?? '';
  return [after, before].flatMap((part) => levels.filter(([, cue]) => cue.test(part)).map(([level]) => level))[0];
}
