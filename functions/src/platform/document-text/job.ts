import type { DocumentKind, DocumentText, HiddenText } from '../../contract/document.ts';
import type { Detail, ErrorCode } from '../../contract/errors.ts';

/** What a worker is given: the bytes of one file whose kind is known. */
export interface Job {
  readonly kind: DocumentKind;
  readonly bytes: Uint8Array;
}

/** A text that a page holds and does not show; `page` counts from 1. */
export interface RawHidden extends Pick<HiddenText, 'reason' | 'page'> {
  readonly text: string;
}

/** What a reader makes of a file: one raw text per page, and apart from it what nobody sees there. */
export interface RawPages {
  readonly pages: string[];
  readonly warnings: string[];
  readonly hidden: RawHidden[];
}

/** A document as the contract has it; its kind is known before it is read. */
export type ReadDocument = Omit<DocumentText, 'kind'>;

/** What a worker answers: the document, or the code of a Problem (an Error loses its class on the way). */
export type Outcome =
  | { readonly ok: true; readonly read: ReadDocument }
  | { readonly ok: false; readonly code: ErrorCode; readonly details: readonly Detail[] };
