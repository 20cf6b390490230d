import type { HiddenReason } from '../../contract/document.ts';
import { colourDiffers } from './colour-differs.ts';
import type { Colour, Drawn, DrawnText, Painted } from './pdf-drawing.ts';
import { type Box, holds } from './pdf-geometry.ts';

/** In points: what is smaller is a line of dots on paper. */
const smallest = 3;
/** Share of the page's usual size below which text is no footnote either. */
const smallestShare = 1 / 3;
/** In points: an edge may cut into a letter, and boxes are rounded. */
const edge = 2;
const paper = '#ffffff';

/** Every colour that may be behind a point: of whatever may lie there, down to the first surface that does for certain. */
const behind = (painted: readonly Painted[], { x, y }: DrawnText): Colour[] => {
  const colours: Colour[] = [];
  for (let i = painted.length - 1; i >= 0; i--) {
    const one = painted[i];
    if (!one || !holds(one.box, x, y)) continue;
    colours.push(one.colour);
    if (one.isWhole) return colours;
  }
  return [...colours, paper];
};

const isInkLost = ({ ink }: DrawnText, background: readonly Colour[]): boolean =>
  ink !== null &&
  ink.length > 0 &&
  ink.every(
    (colour) => colour !== null && background.every((other) => other !== null && !colourDiffers(colour, other)),
  );

const usualSize = (texts: readonly DrawnText[]): number => {
  const sizes = texts
    .flatMap(({ size, text }) => (size === null ? [] : Array<number>(text.length).fill(size)))
    .sort((a, b) => a - b);
  return sizes[sizes.length >> 1] ?? 0;
};

/** A picture of at least half the page under text that is nearly all drawn without ink: a scan and what was read of it. */
const isScanned = (drawings: readonly Drawn[], texts: readonly DrawnText[], page: Box): boolean => {
  const units = (ones: readonly DrawnText[]) => ones.reduce((sum, { text }) => sum + text.length, 0);
  const inkless = units(texts.filter(({ ink }) => ink?.length === 0));
  const area = ({ left, bottom, right, top }: Box) => Math.max(0, right - left) * Math.max(0, top - bottom);
  const picture = drawings.some(
    (one) => one.kind === 'paint' && one.paint.colour === null && area(one.paint.box) >= area(page) / 2,
  );
  return picture && units(texts) - inkless <= inkless / 10;
};

export interface Seen {
  readonly text: DrawnText;
  /** Why nobody sees it; null for what is seen, and for what cannot be shown to be hidden. */
  readonly hidden: HiddenReason | null;
}

/** Which of a page's words nobody sees who looks at it. A layer of text over a scanned page is what it says. */
export function seenOf(drawings: readonly Drawn[], page: Box): { words: Seen[]; isScanned: boolean } {
  const texts = drawings.flatMap((one) => (one.kind === 'text' ? [one.text] : []));
  const tiny = Math.max(smallest, usualSize(texts) * smallestShare);
  const scanned = isScanned(drawings, texts, page);
  const painted: Painted[] = [];
  const words: { text: DrawnText; hidden: HiddenReason | null }[] = [];
  const reasonOf = (text: DrawnText): HiddenReason | null => {
    if (text.isLayerOff) return 'layer';
    if (!holds(page, text.x, text.y, edge)) return 'off-page';
    if (!holds(text.clip, text.x, text.y, edge)) return 'clipped';
    if (text.ink?.length === 0 && !scanned) return 'invisible';
    if (text.isTransparent) return 'invisible';
    if (text.size !== null && text.size < tiny && !scanned) return 'tiny';
    return isInkLost(text, behind(painted, text)) ? 'colour' : null;
  };
  for (const one of drawings) {
    if (one.kind === 'text') words.push({ text: one.text, hidden: reasonOf(one.text) });
    else {
      painted.push(one.paint);
      const { box, colour, isWhole } = one.paint;
      if (!isWhole || colour === null) continue;
      for (const word of words)
        if (word.hidden === null && holds(box, word.text.x, word.text.y, -edge / 2)) word.hidden = 'covered';
    }
  }
  return { words, isScanned: scanned };
}
