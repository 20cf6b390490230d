import type { Drawn, Painted } from './pdf-drawing.ts';
import { boxOf, identity, intersect, isUpright, type Matrix, matrixOf, times } from './pdf-geometry.ts';
import { type FontMeasure, firstState, type PdfState } from './pdf-state.ts';
import { type Glyph, wordsOf } from './pdf-words.ts';

/** pdf.js's list of a page's operators, with what they mean by name. */
export interface Operators {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly unknown[];
  readonly nameOf: (fn: number) => string;
  readonly fontOf: (name: string) => FontMeasure;
  readonly isLayerOn: (layer: unknown) => boolean;
}

type Args = readonly (number & string & ArrayLike<number> & Iterable<number>)[];

const fills = new Set(['fill', 'eoFill', 'fillStroke', 'eoFillStroke', 'closeFillStroke', 'closeEOFillStroke']);
const moves = (state: PdfState, x: number, y: number): void => {
  state.line = times(state.line, [1, 0, 0, 1, x, y]);
  state.text = state.line;
};

/** Whether a path (pdf.js: 0 move, 1 line, 2 and 3 curves, 4 close) consists of the four sides of its box. */
const isRectangle = (path: ArrayLike<number>, box: ArrayLike<number>): boolean => {
  const near = (a: number, b: number | undefined) => b !== undefined && Math.abs(a - b) < 0.01;
  let points = 0;
  for (let i = 0; i < path.length; ) {
    const op = path[i++];
    if (op === 4) continue;
    if (op !== 0 && op !== 1) return false;
    const [x = 0, y = 0] = [path[i++], path[i++]];
    points += 1;
    if (!(near(x, box[0]) || near(x, box[2])) || !(near(y, box[1]) || near(y, box[3]))) return false;
  }
  return points === 4 || points === 5;
};

const isOpaque = ({ fillAlpha, isBlended }: PdfState): boolean => fillAlpha > 0.99 && !isBlended;

const surface = (
  state: PdfState,
  area: Matrix,
  box: Args[number],
  colour: Painted['colour'],
  isWhole: boolean,
): Drawn => ({
  kind: 'paint',
  paint: {
    box: intersect(boxOf(area, box), state.clip),
    colour: isOpaque(state) ? colour : null,
    isWhole: isWhole && isUpright(area) && !state.isClipRound && isOpaque(state),
  },
});

const unitSquare = [0, 0, 1, 1] as unknown as Args[number];

const setGraphics = (state: PdfState, settings: Iterable<readonly [string, unknown]>): void => {
  for (const [name, value] of settings) {
    if (name === 'ca') state.fillAlpha = Number(value);
    else if (name === 'CA') state.strokeAlpha = Number(value);
    else if (name === 'BM') state.isBlended = value !== 'source-over' && value !== 'normal';
    else if (name === 'SMask') state.isBlended = Boolean(value);
  }
};

/**
 * Walks a page's operators and tells what they draw, in order. pdf.js is told to leave pictures out and then leaves
 * nothing in their place: a frame that was set up and in which nothing is drawn is taken for one.
 */
export function* drawingsOf({ fnArray, argsArray, nameOf, fontOf, isLayerOn }: Operators): Generator<Drawn> {
  let state = firstState();
  const saved: PdfState[] = [];
  const layers: boolean[] = [];
  let isFrame = false;
  let annotations = 0;
  let pendingClip = false;
  const restore = () => {
    state = saved.pop() ?? state;
  };
  for (const [i, fn] of fnArray.entries()) {
    const name = nameOf(fn);
    const args = (argsArray[i] ?? []) as Args;
    const [a = 0 as never, b = 0 as never] = args;
    if (name === 'beginAnnotation') annotations += 1;
    else if (name === 'endAnnotation') annotations -= 1;
    if (annotations > 0) continue;
    if (isFrame && (name === 'restore' || name === 'transform'))
      yield surface(state, state.ctm, unitSquare, null, true);
    if (name !== 'setGState' && name !== 'dependency') isFrame = name === 'transform';
    switch (name) {
      case 'save':
      case 'beginGroup':
        saved.push({ ...state });
        break;
      case 'restore':
      case 'endGroup':
      case 'paintFormXObjectEnd':
        restore();
        break;
      case 'transform':
        state.ctm = times(state.ctm, matrixOf(args));
        break;
      case 'paintFormXObjectBegin':
        saved.push({ ...state });
        state.ctm = times(state.ctm, args[0] ? matrixOf(args[0]) : identity);
        if (args[1]) state.clip = intersect(state.clip, boxOf(state.ctm, args[1]));
        break;
      case 'setGState':
        setGraphics(state, args[0] as never);
        break;
      case 'setFillRGBColor':
        state.fill = a;
        break;
      case 'setStrokeRGBColor':
        state.stroke = a;
        break;
      case 'setFillColorN':
      case 'setFillTransparent':
        state.fill = null;
        break;
      case 'setStrokeColorN':
      case 'setStrokeTransparent':
        state.stroke = null;
        break;
      case 'clip':
      case 'eoClip':
        pendingClip = true;
        break;
      case 'constructPath': {
        const [path] = (args[1] ?? []) as unknown as [ArrayLike<number> | null];
        const box = args[2];
        const isWhole = path != null && box != null && isRectangle(path, box);
        if (box && fills.has(nameOf(a))) yield surface(state, state.ctm, box, state.fill, isWhole);
        if (box && pendingClip) {
          state.clip = intersect(state.clip, boxOf(state.ctm, box));
          state.isClipRound ||= !isWhole;
        }
        pendingClip = false;
        break;
      }
      case 'shadingFill':
        yield { kind: 'paint', paint: { box: state.clip, colour: null, isWhole: !state.isClipRound } };
        break;
      case 'beginMarkedContent':
        layers.push(true);
        break;
      case 'beginMarkedContentProps':
        layers.push(args[0] !== ('OC' as never) || isLayerOn(args[1]));
        break;
      case 'endMarkedContent':
        layers.pop();
        break;
      case 'beginText':
        state.text = identity;
        state.line = identity;
        break;
      case 'setFont':
        state.font = fontOf(a);
        state.fontSize = b;
        break;
      case 'setCharSpacing':
        state.charSpacing = a;
        break;
      case 'setWordSpacing':
        state.wordSpacing = a;
        break;
      case 'setHScale':
        state.scale = a / 100;
        break;
      case 'setLeading':
        state.leading = -a;
        break;
      case 'setTextRise':
        state.rise = a;
        break;
      case 'setTextRenderingMode':
        state.mode = a;
        break;
      case 'setTextMatrix':
        state.line = matrixOf(typeof a === 'number' ? args : a);
        state.text = state.line;
        break;
      case 'setLeadingMoveText':
        state.leading = b;
        moves(state, a, b);
        break;
      case 'moveText':
        moves(state, a, b);
        break;
      case 'nextLine':
        moves(state, 0, state.leading);
        break;
      case 'showText':
        for (const text of wordsOf(state, a as unknown as (Glyph | number)[], layers.includes(false)))
          yield { kind: 'text', text };
        break;
      default:
        if (name.startsWith('paintImage') || name.startsWith('paintInlineImage') || name === 'paintSolidColorImageMask')
          yield surface(state, state.ctm, unitSquare, null, true);
    }
  }
}
