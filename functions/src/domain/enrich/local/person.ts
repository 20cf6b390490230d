import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import type { SourceText } from '../../../contract/quote.ts';
import { highestLevel } from '../../candidates/career.ts';
import type { Recognizer } from '../../text/recognizer.ts';
import { quote } from './claims.ts';
import type { HeaderScores } from './header-scores.ts';
import { headingIn } from './headings.ts';
import type { Job } from './jobs.ts';
import type { Line } from './lines.ts';

type Personal = EnrichedClaims['personal'];

/** The lines at the top in which people say who they are. */
const top = 14;
const notName =
  /\d|@|https?:|curriculum|curriculo|resume(?![\p{L}])|(?<![\p{L}])cv(?![\p{L}])|pagina|page|updated|atualizado/u;

/** Name, headline and place from the first lines of a document. */
export function personIn(
  recognizer: Recognizer,
  scores: HeaderScores,
  source: SourceText,
  lines: readonly Line[],
): Personal {
  const head = lines.slice(0, top);
  const claimed = (line: Line | undefined, confidence: number) =>
    line ? { value: line.text.slice(0, 200), confidence, evidence: [quote(source, line.start, line.end)] } : null;
  const named = head.slice(0, 6).find((line) => isName(line, recognizer));
  const titled = head.find(
    (line) =>
      line !== named &&
      line.text.length <= 150 &&
      !line.bullet &&
      !/@|\d{4}/.test(line.text) &&
      titleIn(scores, line) >= 0.7,
  );
  return { name: claimed(nameOf(named), 0.85), headline: claimed(titled, 0.8), ...placeIn(recognizer, source, head) };
}

function nameOf(line: Line | undefined): Line | undefined {
  const length = /^(?:nome(?: completo)?|name)\s*:\s*/i.exec(line?.text ?? '')?.[0].length ?? 0;
  return line && { ...line, text: line.text.slice(length), start: line.start + length };
}

function isName({ text, flat, bullet }: Line, recognizer: Recognizer): boolean {
  const words = text.replace(/^(?:nome(?: completo)?|name)\s*:\s*/i, '').split(/\s+/);
  return (
    !bullet &&
    words.length >= 2 &&
    words.length <= 7 &&
    !notName.test(flat) &&
    words.every((word) => /^\p{Lu}[\p{L}.'’-]*$/u.test(word) || /^(?:d[aeo]s?|e|von|van|del|la|di)$/i.test(word)) &&
    headingIn(text) === undefined &&
    recognizer.titles(text).length === 0 &&
    recognizer.skills(text).length === 0
  );
}

const titleIn = (scores: HeaderScores, { text, start, end }: Line) =>
  Math.max(...text.split(/\s[|•·–—-]\s/).map((part) => scores.title({ text: part, start, end })));

function placeIn(
  recognizer: Recognizer,
  source: SourceText,
  head: readonly Line[],
): Pick<Personal, 'city' | 'region' | 'country'> {
  for (const line of head) {
    const places = recognizer.places(line.text.slice(0, 300));
    const city = places.find(({ value }) => value.kind === 'city');
    if (!city) continue;
    const { name, country, region } = city.value;
    const behind = /^\s?[-–/,(]\s?(\p{Lu}{2})(?![\p{L}])/u.exec(line.text.slice(city.end, city.end + 8));
    const end = line.start + city.end + (behind && behind[1] === region ? behind[0].length : 0);
    const evidence = [quote(source, line.start + city.start, end)];
    const claimed = (value: string, confidence: number) => ({ value, confidence, evidence });
    return {
      city: claimed(name, 0.8),
      region: region && behind?.[1] === region ? claimed(region, 0.85) : null,
      country: claimed(country, 0.75),
    };
  }
  return { city: null, region: null, country: null };
}

/** The level and the functions that the newest jobs, else the headline, tell. */
export function standingOf(
  recognizer: Recognizer,
  jobs: readonly Job[],
  headline: Personal['headline'],
): Pick<EnrichedClaims, 'seniority' | 'functions'> {
  const titles = [
    ...jobs.slice(0, 5).map(({ title, evidence, confidence }) => ({ title, evidence, confidence })),
    ...(headline ? [{ title: headline.value, evidence: headline.evidence, confidence: headline.confidence }] : []),
  ];
  const levelled = titles
    .slice(0, 2)
    .map((one) => ({ ...one, level: highestLevel(recognizer, one.title) }))
    .find(({ level }) => level);
  const functions = new Map<string, EnrichedClaims['functions'][number]>();
  for (const { title, evidence, confidence } of titles) {
    const name =
      recognizer.titles(title).find(({ value }) => value.function !== 'other')?.value.function ??
      recognizer.functionOf(title);
    if (name && !functions.has(name)) functions.set(name, { name, confidence, evidence: evidence.slice(0, 2) });
  }
  return {
    seniority: levelled?.level
      ? { value: levelled.level, confidence: levelled.confidence, evidence: levelled.evidence.slice(0, 2) }
      : null,
    functions: [...functions.values()].slice(0, 5),
  };
}

const tiers: readonly (readonly [EnrichedClaims['companies'][number]['tier'], RegExp])[] = [
  [
    'public',
    /(?<![\p{L}])(?:prefeitura|ministerio|secretaria (?:de|da|municipal|estadual)|tribunal|governo|camara municipal|universidade (?:federal|estadual)|instituto federal|exercito|marinha|city of|department of|federal|government|ministry)(?![\p{L}])/u,
  ],
  ['consultancy', /(?<![\p{L}])(?:consultoria|consulting|advisory|consultores|assessoria)(?![\p{L}])/u],
  ['startup', /(?<![\p{L}])(?:startup|ventures|labs)(?![\p{L}])/u],
];

/** Kinds of employers as their own names tell; others are not guessed. */
export function companiesOf(jobs: readonly Job[], flat: (text: string) => string): EnrichedClaims['companies'] {
  const found = new Map<string, EnrichedClaims['companies'][number]>();
  for (const { company, evidence } of jobs) {
    const tier = company === null ? undefined : tiers.find(([, form]) => form.test(flat(company)))?.[0];
    if (company !== null && tier)
      found.set(company, { name: company, tier, confidence: 0.7, evidence: evidence.slice(0, 2) });
  }
  return [...found.values()];
}
