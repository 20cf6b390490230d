import type { Colour, DrawnText } from './pdf-drawing.ts';
import { type Matrix, pointAt, times } from './pdf-geometry.ts';
import type { PdfState } from './pdf-state.ts';

/** A glyph as pdf.js tells it; a number among glyphs is a step back, in thousandths of an em. */
export interface Glyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace?: boolean;
}

/** In ems: a step from here on parts two words. */
const wordStep = 0.18;

/** PDF 32000-1, table 106: what a text is drawn with in each rendering mode; 4 and more also cut out a shape. */
const inkOf = ({ mode, fill, stroke }: PdfState): readonly Colour[] | null => {
  if (mode > 3) return null;
  return mode === 0 ? [fill] : mode === 1 ? [stroke] : mode === 2 ? [fill, stroke] : [];
};

/**
 * Shows glyphs: moves the state's text matrix on and gives the words that are drawn on the way. A word drawn by several
 * operators is several here; a blank after it belongs to it.
 */
export function* wordsOf(
  state: PdfState,
  glyphs: readonly (Glyph | number)[],
  isLayerOff: boolean,
): Generator<DrawnText> {
  const size = Math.abs(state.fontSize);
  const direction = state.fontSize < 0 ? -1 : 1;
  const { font, scale, rise, ctm } = state;
  const along = (x: number): Matrix =>
    times(ctm, times(state.text, [size * scale * direction, 0, 0, size * direction, x * scale, rise]));
  let x = 0;
  let word = '';
  let start = 0;
  const close = function* (end: number, after = ''): Generator<DrawnText> {
    if (word.trim() !== '') {
      const transform = along(start);
      const { x: middle, y } = pointAt(transform, ((end - start) / 2 / (size || 1)) * direction, 0.3);
      const widthScale = Math.hypot(transform[0], transform[1]) / (size * Math.abs(scale) || 1);
      const em = Math.hypot(transform[2], transform[3]);
      const ink = font.isDrawn ? (state.mode === 3 ? [] : [null]) : inkOf(state);
      yield {
        text: word + after,
        transform,
        width: Math.abs((end - start) * scale) * widthScale,
        size: font.isDrawn || font.isVertical ? null : em,
        x: middle,
        y,
        ink,
        isTransparent: (state.mode === 1 ? state.strokeAlpha : state.fillAlpha) < 0.05,
        clip: state.clip,
        isLayerOff,
      };
    }
    word = '';
  };
  for (const glyph of glyphs) {
    if (typeof glyph === 'number') {
      const step = ((font.isVertical ? 1 : -1) * glyph * size) / 1000;
      if (Math.abs(step) > wordStep * size) yield* close(x);
      x += step;
      continue;
    }
    const isBlank = glyph.unicode.trim() === '';
    if (isBlank) yield* close(x, ' ');
    else if (word === '') start = x;
    if (!isBlank) word += glyph.unicode;
    const advance = glyph.width * font.unit * size;
    const end = x + advance;
    x = end + (state.charSpacing + (glyph.isSpace ? state.wordSpacing : 0)) * direction;
    if (state.charSpacing > wordStep * size * 3) yield* close(end);
  }
  yield* close(x);
  state.text = times(state.text, font.isVertical ? [1, 0, 0, 1, 0, -x] : [1, 0, 0, 1, x * scale, 0]);
}
