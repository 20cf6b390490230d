import type { Colour } from './pdf-drawing.ts';
import { type Box, everywhere, identity, type Matrix } from './pdf-geometry.ts';

/** A font as far as its widths are concerned. */
export interface FontMeasure {
  /** Em of a unit of width. */
  readonly unit: number;
  readonly isVertical: boolean;
  /** Glyphs are drawings of the file's own: neither their size nor their colour is what the state says. */
  readonly isDrawn: boolean;
}

/** PDF's graphics and text state, as far as it decides what is seen. */
export interface PdfState {
  ctm: Matrix;
  clip: Box;
  isClipRound: boolean;
  fill: Colour;
  stroke: Colour;
  fillAlpha: number;
  strokeAlpha: number;
  isBlended: boolean;
  font: FontMeasure;
  fontSize: number;
  charSpacing: number;
  wordSpacing: number;
  scale: number;
  leading: number;
  rise: number;
  mode: number;
  text: Matrix;
  line: Matrix;
}

export const firstState = (): PdfState => ({
  ctm: identity,
  clip: everywhere,
  isClipRound: false,
  fill: '#000000',
  stroke: '#000000',
  fillAlpha: 1,
  strokeAlpha: 1,
  isBlended: false,
  font: { unit: 0.001, isVertical: false, isDrawn: false },
  fontSize: 0,
  charSpacing: 0,
  wordSpacing: 0,
  scale: 1,
  leading: 0,
  rise: 0,
  mode: 0,
  text: identity,
  line: identity,
});
