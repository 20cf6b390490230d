import type { Box, Matrix } from './pdf-geometry.ts';

/** A colour as `#rrggbb`; null where it cannot be told (a pattern, a shading, a picture). */
export type Colour = string | null;

/** A word, or what of it one operator draws, with all that decides whether it is seen. */
export interface DrawnText {
  readonly text: string;
  /** Of the text itself: size times text matrix times page, as pdf.js gives it. */
  readonly transform: Matrix;
  /** Along the baseline, in points. */
  readonly width: number;
  /** Height of an em, in points; null where the font has a measure of its own. */
  readonly size: number | null;
  /** A point in the middle of it. */
  readonly x: number;
  readonly y: number;
  /** What it is drawn with; empty for a text that is drawn without ink, null for one that also cuts out a shape. */
  readonly ink: readonly Colour[] | null;
  readonly isTransparent: boolean;
  readonly clip: Box;
  readonly isLayerOff: boolean;
}

/** A surface that was painted; `isWhole` when it fills its box and nothing shines through. */
export interface Painted {
  readonly box: Box;
  readonly colour: Colour;
  readonly isWhole: boolean;
}

/** What a page draws, in order. */
export type Drawn =
  | { readonly kind: 'text'; readonly text: DrawnText }
  | { readonly kind: 'paint'; readonly paint: Painted };
