/** When something was, as a line tells it. Offsets are of the line; `year_only` follows from the form of `from` and `to`. */
export interface DatedSpan {
  readonly start: number;
  readonly end: number;
  /** `2021` or `2021-04`. */
  readonly from: string | null;
  readonly to: string | null;
  /** True where the words say that it goes on. */
  readonly open: boolean;
  /** A `range` without `to` that is not open was never closed; `point` is one date alone, of which nobody knows whether it began or ended then. */
  readonly kind: 'range' | 'since' | 'until' | 'point' | 'season';
}

const months: readonly (readonly [string, string])[] = [
  ['jan(?:eiro|uary)?', '01'],
  ['f(?:ev(?:ereiro)?|eb(?:ruary)?)', '02'],
  ['mar(?:co|ch)?', '03'],
  ['a(?:br(?:il)?|pr(?:il)?)', '04'],
  ['ma(?:io?|y)', '05'],
  ['jun(?:ho|e)?', '06'],
  ['jul(?:ho|y)?', '07'],
  ['a(?:go(?:sto)?|ug(?:ust)?)', '08'],
  ['set(?:embro)?|sept?(?:ember)?', '09'],
  ['o(?:ut(?:ubro)?|ct(?:ober)?)', '10'],
  ['nov(?:embro|ember)?', '11'],
  ['de(?:z(?:embro)?|c(?:ember)?)', '12'],
];
const monthName = `(?:${months.map(([name]) => name).join('|')})`;
const monthNumbers = months.map(([name, number]) => [new RegExp(`^(?:${name})$`), number] as const);
const year = '(?:19[5-9]\\d|20\\d\\d)';
const season =
  'summer|spring|fall|autumn|winter|verao|inverno|outono|primavera|q[1-4]|[1-4][ºo]? ?tri(?:mestre)?|[12][ºoª]? ?sem(?:estre)?';
const ongoing =
  '(?:(?:os |o |a |the )?(?:presente(?: data| momento)?|present(?: day| time)?|momento(?: atual)?|dias? (?:atuais|atual|de hoje)|data atual)|atual(?:mente)?|hoje(?: em dia)?|agora|current(?:ly)?|now|today|ongoing|to date|em andamento|em curso|cursando|in progress)';

// A number goes on behind `12/`, but not behind the year of `03.2020-05.2022`.
const apart = '(?<![\\p{L}\\p{N}]|(?<!(?:19|20)\\d)\\d[/.-])';

/** Every form of one date; what begins alike stands with the longer form first. */
const point = new RegExp(
  [
    `(?<![\\p{L}\\p{N}])(?:(?:\\d{1,2}(?:st|nd|rd|th|º)?(?: de)? )?(?<name>${monthName})(?![\\p{L}])\\.?(?: \\d{1,2}(?:st|nd|rd|th)?,(?= ))?(?: (?:de|of) |, ?| ?[/.–-] ?| ?['’]| )?(?<nameYear>${year}|(?<=[/.'’-])\\d\\d)(?!\\d))`,
    `${apart}(?:(?<first>\\d{1,2})[/.])?(?<month>\\d{1,2}) ?[/.-] ?(?<monthYear>${year})(?!\\d)`,
    `${apart}(?<isoYear>${year})[/.-](?<iso>\\d\\d)(?:[/.-]\\d\\d)?(?![\\p{N}])`,
    `(?<![\\p{L}\\p{N}])(?:${season})(?:[ /]| (?:de|of) )(?<seasonYear>${year})(?!\\d)`,
    `${apart}(?<half>${year})[./][12](?![\\p{N}/.-])`,
    `(?<![\\p{L}\\p{N}/.,-])(?<shortMonth>0[1-9]|1[0-2])/(?<shortYear>\\d\\d)(?![\\p{N}/])`,
    `(?<![\\p{L}\\p{N}$]|\\d[.,/])(?<year>${year})(?![\\p{L}\\p{N}%]|[.,]\\d)`,
    `(?<![\\p{L}\\p{N}])(?<open>${ongoing})(?![\\p{L}\\p{N}])`,
    `(?<![\\p{L}\\p{N}])(?<bare>${monthName})\\.?(?![\\p{L}\\p{N}])`,
  ].join('|'),
  'gu',
);
const between =
  /^[\s)\],.]{0,3}(?:(?:(?:[-–—‐‑−~→/|]|->|--)\s{0,3})?(?:ate|a|ao|to|till?|until|thru|through|termino|saida|fim|demissao|end(?: date)?)?\s?:?\s{0,2}(?:o|a|os|ao|the)?|\t)[\s([]{0,3}$/u;
const joining =
  /[-–—‐‑−~→/|]|(?<![\p{L}])(?:ate|a|ao|to|till?|until|thru|through|termino|saida|fim|demissao|end)(?![\p{L}])|\t/u;
const since =
  /(?<![\p{L}])(?:desde|since|a partir de|starting(?: in)?|inicio(?: em)?)(?: o| a)?(?: mes de| ano de)?\s?:?\s?$/u;
const until =
  /(?<![\p{L}])(?:ate|until|conclu\p{L}+(?: em| prevista(?: para)?)?|expected|graduated(?: in)?|graduation|previsao(?: de conclusao)?|formad[ao] em|termino(?: em| previsto)?)\s?:?\s?$/u;

interface Point {
  readonly start: number;
  readonly end: number;
  readonly value: string | null;
  readonly kind: 'month' | 'year' | 'season' | 'short' | 'open' | 'bare';
}

type Forms = {
  readonly [Form in
    | 'name'
    | 'nameYear'
    | 'first'
    | 'month'
    | 'monthYear'
    | 'isoYear'
    | 'iso'
    | 'seasonYear'
    | 'half'
    | 'shortMonth'
    | 'shortYear'
    | 'year'
    | 'open'
    | 'bare']?: string;
};

const centuryOf = (short: string): string => (Number(short) < 50 ? `20${short}` : `19${short}`);
const numberOf = (name: string) => monthNumbers.find(([form]) => form.test(name))?.[1] ?? null;
const monthOf = (text: string) => (Number(text) >= 1 && Number(text) <= 12 ? text.padStart(2, '0') : undefined);

function pointsIn(line: string): Point[] {
  const points: Point[] = [];
  for (const match of line.matchAll(point)) {
    const found: Forms = match.groups ?? {};
    const [start, end] = [match.index, match.index + match[0].length];
    const add = (kind: Point['kind'], value: string | null) => points.push({ start, end, kind, value });
    if (found.name && found.nameYear) {
      const written = found.nameYear.length === 2 ? centuryOf(found.nameYear) : found.nameYear;
      add('month', `${written}-${numberOf(found.name)}`);
    } else if (found.month && found.monthYear) {
      // 03/25/2019 has its day in the middle.
      const month = monthOf(found.month) ?? monthOf(found.first ?? '');
      if (month) add('month', `${found.monthYear}-${month}`);
    } else if (found.isoYear && found.iso) {
      const month = monthOf(found.iso);
      if (month) add('month', `${found.isoYear}-${month}`);
      else if (Number(found.iso) > Number(found.isoYear.slice(2))) {
        // 2016-18
        points.push({ start, end: start + 4, kind: 'year', value: found.isoYear });
        points.push({ start: end - 2, end, kind: 'year', value: `${found.isoYear.slice(0, 2)}${found.iso}` });
      }
    } else if (found.seasonYear) add('season', found.seasonYear);
    else if (found.half) add('year', found.half);
    else if (found.shortMonth && found.shortYear) add('short', `${centuryOf(found.shortYear)}-${found.shortMonth}`);
    else if (found.year) add('year', found.year);
    else if (found.open) add('open', null);
    else if (found.bare) add('bare', numberOf(found.bare));
  }
  return points;
}

/** Dates and spans of dates in a line that was made flat, in its order; a month without a year counts only where the other end has one. */
export function datesIn(line: string): DatedSpan[] {
  const spans: DatedSpan[] = [];
  const points = pointsIn(line);
  for (let i = 0; i < points.length; i++) {
    const [first, second] = [points[i] as Point, points[i + 1]];
    const range = second && rangeOf(line, first, second);
    if (range) i++;
    const span = range ?? aloneIn(line, first);
    if (span) spans.push(span);
  }
  return spans;
}

function rangeOf(line: string, first: Point, second: Point): DatedSpan | undefined {
  const gap = line.slice(first.end, second.start);
  if (first.kind === 'open' || second.kind === 'bare' || gap.length > 20 || !between.test(gap)) return undefined;
  // `2021 (atual)` joins without a word, two dates do not.
  if (second.kind !== 'open' && !joining.test(gap)) return undefined;
  if ((first.kind === 'short') !== (second.kind === 'short') && second.kind !== 'open') return undefined;
  const from =
    first.kind === 'bare'
      ? second.kind === 'month'
        ? `${second.value?.slice(0, 4)}-${first.value}`
        : null
      : first.value;
  if (from === null) return undefined;
  const open = second.kind === 'open';
  return { start: startOf(line, first.start), end: second.end, from, to: second.value, open, kind: 'range' };
}

function aloneIn(line: string, { start, end, kind, value }: Point): DatedSpan | undefined {
  if (kind === 'short' || kind === 'bare' || kind === 'open') return undefined;
  const before = line.slice(Math.max(0, start - 40), start);
  const told = since.exec(before);
  if (told) return { start: start - told[0].length, end, from: value, to: null, open: true, kind: 'since' };
  const ended = until.exec(before);
  if (ended) return { start: start - ended[0].length, end, from: null, to: value, open: false, kind: 'until' };
  if (/^ ?[-–—] ?(?:[)?]|$)/.test(line.slice(end, end + 4)))
    return { start, end, from: value, to: null, open: false, kind: 'range' };
  if (kind === 'season') return { start, end, from: value, to: value, open: false, kind };
  return { start, end, from: value, to: null, open: false, kind: 'point' };
}

// `de março de 2018 até hoje` begins with its preposition.
function startOf(line: string, at: number): number {
  const word =
    /(?<![\p{L}])(?:de|desde|from|inicio|admissao|entrada|periodo|start(?: date)?|periodo de)\s?:?\s?$/u.exec(
      line.slice(Math.max(0, at - 24), at),
    );
  return word ? at - word[0].length : at;
}
