import type { DatedSpan } from './dates.ts';
import { flat } from './flat.ts';
import type { Line } from './lines.ts';

/** A part of a heading line that may name one thing; offsets are of the source. */
export interface Piece {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What a label before it says it is: `Cargo: Analista`. */
  readonly label?: 'title' | 'company';
}

const duration =
  /[([]?(?<![\p{L}\p{N}])\d{1,2} ?(?:years?|yrs?|anos?|months?|mos|mes(?:es)?)(?:,? (?:e |and )?\d{1,2} ?(?:months?|mos|mes(?:es)?))?(?![\p{L}])[)\]]?|[([]?(?<![\p{L}])(?:sem data|undated|data nao informada)(?![\p{L}])/gu;
const labels: readonly (readonly [RegExp, Piece['label']])[] = [
  [/^(?:cargo|funcao|posicao|ocupacao|title|job title|position|role|ultimo cargo|cargos?\/funcao)\s?:\s*/, 'title'],
  [/^(?:empresa|empregador|company|employer|organizacao|organization|instituicao)\s?:\s*/, 'company'],
];
/** Tried one after another until a line falls into two. */
const separators: readonly RegExp[] = [
  /\t| ?\| ?|\s[-–—•·●∙]{1,2}\s|\s\((?=\S)|\)(?=\s|$)|\s{3,}|\s\/\s|;\s/g,
  /,?\s(?:at|@|na|no|junto a|with)\s(?=\S)|:\s/g,
  /,\s/g,
  /[–—]/g,
];

/** The things a heading line names, from left to right, without its dates and without what `isPlace` takes for a place. */
export function piecesOf(line: Line, dates: readonly DatedSpan[], isPlace: (text: string) => boolean): Piece[] {
  const holes = [
    ...dates,
    ...Array.from(line.flat.matchAll(duration), ({ index, 0: { length } }) => ({ start: index, end: index + length })),
  ];
  let pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of [...holes.sort((a, b) => a.start - b.start), { start: line.text.length, end: 0 }]) {
    if (start > at) pieces.push({ text: line.text.slice(at, start), start: line.start + at, end: line.start + start });
    at = Math.max(at, end);
  }
  pieces = kept(pieces, isPlace).map(unlabelled);
  for (const separator of separators) {
    pieces = kept(
      pieces.flatMap((piece) => split(piece, separator)),
      isPlace,
    );
    if (pieces.length > 1) break;
  }
  return pieces;
}

const kept = (pieces: readonly Piece[], isPlace: (text: string) => boolean): Piece[] =>
  pieces.map(trimmed).filter(({ text }) => /\p{L}/u.test(text) && !isPlace(text));

function split(piece: Piece, separator: RegExp): Piece[] {
  const { text, start } = piece;
  const parts: Piece[] = [];
  let at = 0;
  const cut = (to: number) => parts.push({ ...piece, text: text.slice(at, to), start: start + at, end: start + to });
  for (const { index, 0: found } of flat(text).matchAll(separator)) {
    cut(index);
    at = index + found.length;
  }
  cut(text.length);
  return parts;
}

function trimmed(piece: Piece): Piece {
  const before = /^[\s,;:|([\]–—\-·•/]+/.exec(piece.text)?.[0].length ?? 0;
  let to = piece.text.length;
  while (to > before && ' \t,;:|([–—-·•/'.includes(piece.text[to - 1] as string)) to--;
  // A bracket that was opened in the piece closes it.
  if (piece.text[to - 1] === ')' && !piece.text.slice(before, to).includes('(')) to--;
  const end = Math.max(before, to);
  return { ...piece, text: piece.text.slice(before, end), start: piece.start + before, end: piece.start + end };
}

function unlabelled(piece: Piece): Piece {
  const low = flat(piece.text);
  for (const [form, label] of labels) {
    const length = form.exec(low)?.[0].length;
    if (length && label) return { text: piece.text.slice(length), start: piece.start + length, end: piece.end, label };
  }
  return piece;
}
