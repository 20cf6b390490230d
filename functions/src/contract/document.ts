import { z } from 'zod';

/** Formats that are read, told by their content and never by their name. */
export type DocumentKind = 'pdf' | 'docx' | 'txt';

/** `text.slice(start, end)` of the document is this page's text; offsets are UTF-16 units, `number` counts from 1. */
export interface DocumentPage {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Why nobody who looks at a page sees a text: drawn without ink (`invisible`), in the colour of what is behind it
 * (`colour`), under 3 points (`tiny`), beyond the page (`off-page`), outside the part that is drawn (`clipped`), under
 * something opaque (`covered`), on a layer that is switched off (`layer`), or of characters without a shape (`zero-width`).
 */
export const HiddenReason = z.enum([
  'invisible',
  'colour',
  'tiny',
  'off-page',
  'clipped',
  'covered',
  'layer',
  'zero-width',
]);
export type HiddenReason = z.infer<typeof HiddenReason>;

/** Hidden text of one page and reason; `characters` counts UTF-16 units without space, `page` counts from 1. */
export const HiddenText = z.strictObject({
  reason: HiddenReason,
  page: z.int().min(1),
  characters: z.int().min(1),
});
export type HiddenText = z.infer<typeof HiddenText>;

/**
 * What was read from a file. `text` is NFC, well-formed, without control characters other than `\n` and `\t` (a tab
 * stands between two cells of one line) and without trailing spaces, and nothing of it is hidden: that is in `hidden`, and
 * its first 4,000 units, for people to look at, in `hiddenText`. `warnings` tell what was lost or doubtful; they
 * never quote the document.
 */
export interface DocumentText {
  readonly kind: DocumentKind;
  readonly text: string;
  readonly pages: DocumentPage[];
  readonly warnings: string[];
  readonly hidden: HiddenText[];
  readonly hiddenText: string;
}

/** A file as it was uploaded. */
export interface DocumentFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export const documentLimits = {
  fileBytes: 10 * 1024 * 1024,
  textUnits: 400_000,
  hiddenUnits: 4_000,
  pdfPages: 100,
  docxEntries: 2_000,
  docxInflatedBytes: 50 * 1024 * 1024,
  /** Inflated to compressed, held against a DOCX once it has unpacked to more than `docxRatioFromBytes`. */
  docxRatio: 200,
  docxRatioFromBytes: 5 * 1024 * 1024,
  readSeconds: 20,
  readsAtOnce: 2,
  readsWaiting: 20,
} as const;
