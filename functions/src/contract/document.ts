/** Formats that are read, told by their content and never by their name. */
export type DocumentKind = 'pdf' | 'docx' | 'txt';

/** `text.slice(start, end)` of the document is this page's text; offsets are UTF-16 units, `number` counts from 1. */
export interface DocumentPage {
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/**
 * What was read from a file. `text` is NFC, well-formed, without control characters other than `\n` and `\t` (a tab
 * stands between two cells of one line) and without trailing spaces. `warnings` tell what was lost or doubtful; they
 * never quote the document.
 */
export interface DocumentText {
  readonly kind: DocumentKind;
  readonly text: string;
  readonly pages: DocumentPage[];
  readonly warnings: string[];
}

/** A file as it was uploaded. */
export interface DocumentFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
}

export const documentLimits = {
  fileBytes: 10 * 1024 * 1024,
  textUnits: 400_000,
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
