import { type DatedSpan, datesIn } from './dates.ts';
import type { HeaderScores } from './header-scores.ts';
import type { Line } from './lines.ts';
import { type Piece, piecesOf } from './pieces.ts';

/** A job as its lines stand in a text: where its heading is and how far its description goes. */
export interface JobBlock {
  readonly title: Piece;
  readonly company: Piece | undefined;
  readonly date: DatedSpan | undefined;
  /** First and last line of the heading, then the last line that belongs to the job; positions in the section. */
  readonly from: number;
  readonly to: number;
  readonly last: number;
  /** The line with the dates, where it stands apart from the heading. */
  readonly dated: number | undefined;
  /** 0..1: how clearly the heading was read. */
  readonly clarity: number;
}

interface Seen {
  readonly line: Line;
  readonly date: DatedSpan | undefined;
  readonly mayHead: boolean;
  readonly pieces: readonly Piece[];
  readonly titles: readonly number[];
  readonly companies: readonly number[];
}

/** Where a heading names something: lines below the dated line (or `first`: of all lines since the last job), and which part of that line. */
interface Slot {
  readonly line: number | 'first' | 'second';
  readonly piece: number;
}
interface Layout {
  readonly title: Slot;
  readonly company: Slot;
}

const places = [0, -1, -2, 1, 2, 'first', 'second'] as const;
const slots: readonly Slot[] = places.flatMap((line) => [0, 1, 2].map((piece) => ({ line, piece })));
const layouts: readonly Layout[] = slots.flatMap((title) =>
  slots.filter((company) => isNear(title, company)).map((company) => ({ title, company })),
);

function isNear(title: Slot, company: Slot): boolean {
  if (typeof title.line === 'string' || typeof company.line === 'string')
    return (
      typeof title.line === 'string' &&
      typeof company.line === 'string' &&
      (title.line !== company.line || title.piece !== company.piece)
    );
  if (title.line === company.line) return title.piece !== company.piece;
  // What stands on both sides of the dates with two lines each is no heading.
  return Math.abs(title.line - company.line) <= 2;
}

const mostWords = 14;
const missingTitle = -0.4;
const missingCompany = -0.1;

/** The jobs of a section, in its order. The layout that reads all of them best reads each of them. */
export function jobBlocksIn(lines: readonly Line[], scores: HeaderScores): JobBlock[] {
  const seen = lines.map((line) => look(line, scores));
  const spaced = lines.filter(({ apart }) => apart).length > 0.6 * lines.length;
  const anchors = [...seen.keys()].filter((at) => seen[at]?.date);
  const views = anchors.map((at, i) => viewOf(seen, at, anchors[i - 1] ?? -1, anchors[i + 1] ?? seen.length, spaced));
  if (views.length === 0) return [];
  const read = layouts.map((layout) => ({ layout, of: views.map((view) => readWith(view, layout)) }));
  const totals = read.map(({ of }) => of.reduce((sum, { score }) => sum + score, 0) / views.length);
  return blocksOf(
    seen,
    views.flatMap((_, i) => {
      const best = read.reduce(
        (kept, { of }, at) => {
          const score = (of[i]?.score ?? 0) + (totals[at] ?? 0);
          return score > kept.score + 1e-9 ? { score, at } : kept;
        },
        { score: Number.NEGATIVE_INFINITY, at: -1 },
      );
      const found = read[best.at]?.of[i];
      return found?.title && found.titleScore > 0.15 ? [{ ...found, anchor: anchors[i] as number }] : [];
    }),
  );
}

function look(line: Line, scores: HeaderScores): Seen {
  const dates = datesIn(line.flat);
  const main = dates.findLast(({ kind }) => kind === 'range' || kind === 'since') ?? dates.at(-1);
  const pieces = line.text.length <= 160 ? piecesOf(line, dates, scores.isPlace) : [];
  const titles = pieces.map(scores.title);
  const companies = pieces.map(scores.company);
  const words = pieces.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0);
  const mayHead =
    !line.bullet &&
    pieces.length > 0 &&
    words <= mostWords &&
    /^[\p{Lu}\p{N}"“(]/u.test(line.text) &&
    !/[.;:,]$/.test(line.text.replace(/(?:ltda|inc|s\.a|jr|corp|co|ltd|cia)\.$/i, ''));
  const isAnchor = main !== undefined && words <= mostWords && anchors(line, main, Math.max(0, ...titles));
  return { line, date: isAnchor ? main : undefined, mayHead: mayHead || isAnchor, pieces, titles, companies };
}

/** Whether a date dates the heading of a job, and is not told in passing. */
function anchors({ text, bullet }: Line, { start, end, kind }: DatedSpan, title: number): boolean {
  const [before, after] = [text.slice(0, start).trim(), text.slice(end).trim()];
  const atEdge =
    before.length <= 3 || after.length <= 3 || /^[)\]]?\s*[|,–—·(-]/.test(after) || /[|(–—·,]$/.test(before);
  if (!atEdge || /[.!?]\s/.test(before)) return false;
  if (kind === 'range' || kind === 'since') return !bullet || title >= 0.5;
  return (kind === 'season' || kind === 'point') && !bullet && title >= 0.5;
}

interface View {
  at(place: Slot['line']): { seen: Seen; index: number } | undefined;
}

function viewOf(seen: readonly Seen[], anchor: number, before: number, after: number, spaced: boolean): View {
  const joined = (upper: number) => spaced || !seen[upper + 1]?.line.apart;
  const isFree = (at: number) => at > before && at < after && seen[at]?.mayHead === true && !seen[at]?.date;
  const lines = new Map<Slot['line'], number>([[0, anchor]]);
  for (const step of [-1, -2]) {
    const at = anchor + step;
    if (!isFree(at) || !joined(at)) break;
    lines.set(step, at);
  }
  for (const step of [1, 2]) {
    const at = anchor + step;
    if (!isFree(at) || !joined(at - 1)) break;
    lines.set(step, at);
  }
  // Dates that were set at the right margin may come below all that the job tells.
  let first = before + 1;
  while (first < anchor && !isFree(first)) first++;
  if (anchor - first > 1) {
    lines.set('first', first);
    if (anchor - first > 2 && isFree(first + 1)) lines.set('second', first + 1);
  }
  return {
    at: (place) => {
      const index = lines.get(place);
      const found = index === undefined ? undefined : seen[index];
      return found && index !== undefined ? { seen: found, index } : undefined;
    },
  };
}

function readWith(view: View, { title, company }: Layout) {
  const [titled, employed] = [view.at(title.line), view.at(company.line)];
  const titlePiece = titled?.seen.pieces[title.piece];
  const companyPiece = employed?.seen.pieces[company.piece];
  const titleScore = titlePiece ? (titled.seen.titles[title.piece] ?? 0) : missingTitle;
  const companyScore = companyPiece ? (employed.seen.companies[company.piece] ?? 0) : missingCompany;
  const far = title.line === 'first' ? 0.05 : 0;
  return {
    title: titlePiece,
    company: companyPiece && companyScore > 0 ? companyPiece : undefined,
    titleScore,
    lines: [titled?.index, companyPiece && companyScore > 0 ? employed.index : undefined].filter(
      (at) => at !== undefined,
    ),
    isApart: title.line === 'first',
    score: titleScore + companyScore - far,
  };
}

type Found = ReturnType<typeof readWith> & { readonly anchor: number };

function blocksOf(seen: readonly Seen[], found: readonly Found[]): JobBlock[] {
  const headings = found.map(({ lines, anchor, isApart }) => {
    const all = isApart ? lines : [...lines, anchor];
    return { from: Math.min(...all), to: Math.max(...all) };
  });
  return found.flatMap(({ title, company, titleScore, anchor, isApart }, i) => {
    const heading = headings[i];
    if (!title || !heading) return [];
    const last = Math.max(heading.to, isApart ? anchor : 0, (headings[i + 1]?.from ?? seen.length) - 1);
    const clarity = Math.max(0.2, Math.min(1, titleScore / 1.2));
    return [
      { title, company, date: seen[anchor]?.date, ...heading, last, dated: isApart ? anchor : undefined, clarity },
    ];
  });
}
