import { flat } from './flat.ts';
import { headingIn } from './headings.ts';
import type { Line } from './lines.ts';

/** A sentence, or a point of a list, which may run over lines; offsets are of the source. */
export interface Passage {
  readonly start: number;
  readonly end: number;
  /** With single spaces. */
  readonly text: string;
  readonly flat: string;
  readonly bullet: boolean;
}

const longest = 1_200;
// An abbreviation, a number or a single letter before a stop ends nothing.
const stop = /[.!?;](?=\s+[\p{Lu}\p{N}"“•(])|[.!?;]$/gu;

/** Sentences and points in order; a line that goes on in lower case belongs to the one before. */
export function passagesOf(text: string, lines: readonly Line[]): Passage[] {
  const passages: Passage[] = [];
  let at = 0;
  while (at < lines.length) {
    const first = lines[at] as Line;
    let last = first;
    for (at++; at < lines.length; at++) {
      const next = lines[at] as Line;
      if (next.bullet || next.apart || next.end - first.start > longest || !goesOn(last, next)) break;
      last = next;
    }
    passages.push(...sentencesIn(text, first.start, last.end, first.bullet));
  }
  return passages;
}

/** A wrapped line is a long one whose next begins small, or one that no stop ends. */
const goesOn = (line: Line, next: Line) =>
  /^[\p{Ll}\p{N}(]/u.test(next.text)
    ? line.text.length > 30
    : line.text.length > 60 && !/[.!?;:]$/.test(line.text) && !headingIn(next.text);

function* sentencesIn(text: string, start: number, end: number, bullet: boolean): Generator<Passage> {
  const slice = text.slice(start, end);
  let from = 0;
  for (const { index } of [...slice.matchAll(stop), { index: slice.length }]) {
    const to = Math.min(slice.length, index + 1);
    const piece = slice.slice(from, to);
    const trimmed = piece.trim();
    if (trimmed !== '') {
      const begin = start + from + piece.indexOf(trimmed);
      const words = trimmed.replace(/\s+/g, ' ');
      yield { start: begin, end: begin + trimmed.length, text: words, flat: flat(words), bullet };
    }
    from = to;
  }
}
