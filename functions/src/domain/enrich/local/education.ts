import type { EnrichedClaims } from '../../../contract/enriched-profile.ts';
import type { SourceText } from '../../../contract/quote.ts';
import { quote, sure } from './claims.ts';
import { type DatedSpan, datesIn } from './dates.ts';
import { degreeOf, namesSchool } from './degrees.ts';
import type { Line } from './lines.ts';
import { type Piece, piecesOf } from './pieces.ts';
import type { Section } from './sections.ts';

type Study = EnrichedClaims['education'][number];

interface Draft {
  readonly first: Line;
  last: Line;
  degree?: Piece;
  school?: Piece;
  field?: Piece;
  date?: DatedSpan;
  going?: boolean;
  done?: boolean;
}

const going =
  /(?<![\p{L}])(?:cursando|em andamento|em curso|in progress|ongoing|trancad[oa]|incomplet[oa]|estudante de|expected|previs(?:ao|ta)|current|present|atual)(?![\p{L}])/u;
const done = /(?<![\p{L}])(?:conclu(?:id[oa]|sao)|complet[oa]|graduated|completed|formad[oa]|finished)(?![\p{L}])/u;
const aside =
  /(?<![\p{L}])(?:gpa|cgpa|thesis|tese|dissertacao|tcc|advisor|orientador[a]?|coursework|disciplinas|relevant|nota|media|bolsa|scholarship|dean|honors|grade|fellow(?:ship)?)(?![\p{L}])/u;
const longest = 170;

/** What the person studied, each entry from the lines that belong together: one with a second degree, school or date begins the next. */
export function studiesIn(
  source: SourceText,
  sections: readonly Section[],
  isPlace: (text: string) => boolean,
): Study[] {
  const named = sections.filter(({ kind }) => kind === 'education');
  const studies = named.flatMap(({ lines }) => draftsIn(lines, isPlace));
  return studies.flatMap((draft) => studyOf(source, draft)).slice(0, 20);
}

function draftsIn(lines: readonly Line[], isPlace: (text: string) => boolean): Draft[] {
  const drafts: Draft[] = [];
  for (const line of lines) {
    if (line.text.length > longest || aside.test(line.flat)) continue;
    const dates = datesIn(line.flat);
    const pieces = piecesOf(line, dates, isPlace);
    const schooled = pieces.find(({ text }) => namesSchool(text) && !isStatus(text));
    const { degree: leading, school } = takenApart(schooled);
    const others = pieces.filter((piece) => piece !== schooled && !isStatus(piece.text));
    const degree = leading ?? others.find(({ text }) => degreeOf(text));
    const field = line.bullet ? undefined : others.find((piece) => piece !== degree);
    const date = dates.findLast(({ kind }) => kind === 'range' || kind === 'since') ?? dates.at(-1);
    const [isGoing, isDone] = [going.test(line.flat), done.test(line.flat)];
    const status = isGoing || isDone;
    if (!school && !degree && !date && !status) {
      const current = drafts.at(-1);
      // A name that no list knows completes an entry that has no school.
      if (current?.degree && !current.school && field && !line.apart) {
        current.school = field;
        current.last = line;
      }
      continue;
    }
    let draft = drafts.at(-1);
    const repeats = draft && ((school && draft.school) || (degree && draft.degree) || (date && draft.date));
    if (!draft || repeats || (line.apart && draft.school && draft.degree && (school || degree)))
      drafts.push((draft = { first: line, last: line }));
    draft.last = line;
    if (school) draft.school = school;
    if (degree) draft.degree = degree;
    if (field && !draft.field) draft.field = field;
    if (date) draft.date = date;
    if (isGoing) draft.going = true;
    if (isDone && !isGoing) draft.done = true;
  }
  return drafts;
}

/** `PhD Princeton University` is a degree and a school. */
function takenApart(piece: Piece | undefined): { degree?: Piece; school?: Piece } {
  const degree = piece && degreeOf(piece.text);
  if (!piece || degree?.start !== 0 || degree.end >= piece.text.length) return piece ? { school: piece } : {};
  const rest = piece.text.slice(degree.end);
  const name = rest.replace(/^[\s,–-]+/u, '');
  if (!namesSchool(name) || /^(?:em|in|of|de)\s/i.test(name)) return { school: piece };
  const start = piece.end - name.length;
  return {
    degree: { text: piece.text.slice(0, degree.end), start: piece.start, end: piece.start + degree.end },
    school: { text: name, start, end: piece.end },
  };
}

const isStatus = (text: string) =>
  text.length < 45 &&
  /^(?:conclu|complet|incomplet|cursando|em andamento|previs|graduated|expected|formad|in progress|turno|periodo|semestre|\d+)/i.test(
    text,
  );

function studyOf(
  source: SourceText,
  { first, last, degree, school, field: beside, date, going, done }: Draft,
): Study[] {
  if (!degree && !school) return [];
  const known = degree ? degreeOf(degree.text) : undefined;
  const field = (degree ? fieldOf(degree.text, known) : null) ?? beside?.text ?? null;
  // One date of a study is when it ended.
  const alone = date && (date.kind === 'point' || date.kind === 'season');
  const [start, end] = date ? (alone ? [null, date.from] : [date.from, date.to]) : [null, null];
  const open = date?.open === true || going === true;
  return [
    {
      institution: school?.text.slice(0, 200) ?? null,
      degree: degree?.text.slice(0, 200) ?? null,
      level: known?.level ?? null,
      field: field?.slice(0, 200) ?? null,
      start,
      end,
      completed: open ? false : done === true ? true : null,
      confidence: sure(0.4 + (known ? 0.25 : 0) + (school ? 0.2 : 0) + (date ? 0.1 : 0)),
      evidence: [quote(source, first.start, last.end)],
    },
  ];
}

/** `Ciência da Computação` of `Bacharelado em Ciência da Computação`, `BSc, Computer Science` and `Computer Science (BSc)`. */
function fieldOf(degree: string, known: ReturnType<typeof degreeOf>): string | null {
  const rest = known ? degree.slice(known.end) : degree;
  const named =
    /^[^\p{L}]*(?:(?:completo|incompleto|degree|curso|superior)\s)?(?:(?:em|in|of|de|no curso de|na area de)\s)?[:,–-]?\s*(.*)$/iu
      .exec(rest)?.[1]
      ?.replace(/^(?:science|arts|engineering|commerce|technology|business administration) in /i, '');
  const after = named?.replace(/[\s,;:.()–-]+$/u, '').trim() ?? '';
  if (after.length > 2) return after;
  const before = known
    ? degree
        .slice(0, known.start)
        .replace(/[\s,;:.()–-]+$/u, '')
        .trim()
    : '';
  return before.length > 2 ? before : null;
}
