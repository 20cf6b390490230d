/** A run of glyphs as pdf.js gives it: position, width and size in points. */
export interface Glyphs {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly hasEOL: boolean;
}

/** Text without a wide gap in it: one cell of a line, with where it stands along and across the reading direction. */
export interface Cell {
  text: string;
  readonly start: number;
  end: number;
  readonly across: number;
}

export type Line = readonly [Cell, ...Cell[]];

/** In ems: a gap from `wordGap` on parts two words, from `cellGap` on two cells. */
const wordGap = 0.18;
const cellGap = 3;
/** In ems: how far a baseline may wander (superscripts, font changes) within one line. */
const baselineDrift = 0.35;

const place = ({ transform, width, height }: Glyphs) => {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = transform;
  const scale = Math.hypot(a, b) || 1;
  const [cos, sin] = [a / scale, b / scale];
  const start = e * cos + f * sin;
  return { start, end: start + width, across: f * cos - e * sin, em: Math.hypot(c, d) || height || 1, cos };
};

/**
 * Lines of a page in the order the file draws them, which is the reading order in what writers of resumes use; runs on
 * one baseline are put back together, words that only a gap parts get a space.
 */
export const linesOf = (items: readonly Glyphs[]): Line[] => {
  const lines: [Cell, ...Cell[]][] = [];
  let line: [Cell, ...Cell[]] | undefined;
  let cell: Cell | undefined;
  let last: ReturnType<typeof place> | undefined;
  let isSpaced = false;
  for (const item of items) {
    if (item.str === '') continue;
    const here = place(item);
    const em = Math.max(here.em, last?.em ?? 0);
    const gap = last ? here.start - last.end : 0;
    const isSameLine =
      last !== undefined &&
      Math.abs(here.cos - last.cos) < 0.1 &&
      Math.abs(here.across - last.across) < baselineDrift * em &&
      gap > -em;
    if (item.str.trim() === '') {
      // Space before the gap's end: pdf.js widens one blank over the whole gap.
      if (isSameLine && last) isSpaced = true;
      continue;
    }
    if (!isSameLine || !line || !cell) {
      cell = { text: item.str, start: here.start, end: here.end, across: here.across };
      line = [cell];
      lines.push(line);
    } else if (gap > cellGap * em) {
      cell = { text: item.str, start: here.start, end: here.end, across: here.across };
      line.push(cell);
    } else {
      cell.text += (isSpaced || gap > wordGap * em ? ' ' : '') + item.str;
      cell.end = here.end;
    }
    last = here;
    isSpaced = false;
  }
  return lines;
};
