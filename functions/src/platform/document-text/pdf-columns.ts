import type { Cell, Line } from './pdf-lines.ts';

/** A file that draws two columns row by row changes sides at least this often ... */
const leastChanges = 16;
/** ... and at nearly every cell; a label beside a paragraph does not. */
const leastChangeShare = 0.7;
/** Units of text a column's cell has on average; shorter ones are labels, dates or levels that belong to their row. */
const proseLength = 25;
/** Share of the cells in the band that may run across the gutter. */
const mostCrossing = 0.05;

const meanLength = (cells: readonly Cell[]): number =>
  cells.reduce((sum, cell) => sum + cell.text.length, 0) / Math.max(cells.length, 1);

/** Left edges at which many cells begin: where a right-hand column may start. */
const edgesOf = (cells: readonly Cell[]): number[] => {
  const count = new Map<number, number>();
  for (const cell of cells) count.set(Math.round(cell.start / 3), (count.get(Math.round(cell.start / 3)) ?? 0) + 1);
  return [...count].filter(([, n]) => n >= leastChanges / 2).map(([edge]) => edge * 3 - 3);
};

const bandAt = (lines: readonly Line[], gutter: number): { from: number; to: number } | null => {
  const isRight = lines.map((line) => line.some((cell) => cell.start >= gutter));
  const from = isRight.indexOf(true);
  return from < 0 ? null : { from: Math.max(from - 1, 0), to: isRight.lastIndexOf(true) + 1 };
};

/**
 * Puts two columns of prose that the file draws row by row into reading order: left column, then right. Everything
 * else, a table of short cells above all, keeps its rows.
 */
export const readColumns = (lines: readonly Line[]): readonly Line[] => {
  for (const gutter of edgesOf(lines.flat())) {
    const band = bandAt(lines, gutter);
    if (!band) continue;
    const rows = lines.slice(band.from, band.to);
    const cells = rows.flat();
    const left = cells.filter((cell) => cell.start < gutter);
    const right = cells.filter((cell) => cell.start >= gutter);
    const crossing = left.filter((cell) => cell.end > gutter).length;
    const changes = cells.filter(
      (cell, i) => i > 0 && cell.start < gutter !== (cells[i - 1]?.start ?? 0) < gutter,
    ).length;
    const isInterleaved = changes >= leastChanges && changes >= leastChangeShare * (cells.length - 1);
    const isProse = meanLength(left) >= proseLength && meanLength(right) >= proseLength;
    if (!isInterleaved || !isProse || crossing > mostCrossing * cells.length) continue;
    const columns = [...left, ...right].map((cell): Line => [cell]);
    return [...lines.slice(0, band.from), ...columns, ...lines.slice(band.to)];
  }
  return lines;
};
