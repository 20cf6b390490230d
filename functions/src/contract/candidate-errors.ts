import type { Entry } from './error-catalogue.ts';

/** Of the catalogue: what can be wrong with a candidate, a document of theirs, or a file of many. */
export const candidateErrors = {
  'candidate.not_found': {
    kind: 'not-found',
    message: 'There is no such candidate in your pool.',
    fix: 'Check the id with `candidates.list`; it may have been removed.',
  },
  'candidate.conflict': {
    kind: 'aborted',
    message: 'The candidate was changed by somebody else at the same moment.',
    fix: 'Read the candidate again and repeat the call; nothing was written.',
  },
  'document.unsupported': {
    kind: 'invalid-argument',
    message: 'The file is not a PDF, DOCX or plain-text document.',
    fix: 'Save the resume as PDF, DOCX or UTF-8 text and upload it again.',
  },
  'document.too_large': {
    kind: 'invalid-argument',
    message: 'The file, or what it unpacks to, is over the limit.',
    fix: 'Upload at most 10 MB; remove embedded pictures and media.',
  },
  'document.encrypted': {
    kind: 'invalid-argument',
    message: 'The file is protected by a password.',
    fix: 'Save it without a password and upload it again.',
  },
  'document.unreadable': {
    kind: 'invalid-argument',
    message: 'The file is damaged or incomplete and could not be read.',
    fix: 'Open it in its own program, save it again, and upload the new file.',
  },
  'document.busy': {
    kind: 'unavailable',
    message: 'Too many documents are being read at once.',
    fix: 'Try again in a few seconds; nothing was written.',
  },
  'document.empty': {
    kind: 'invalid-argument',
    message: 'No text was found in the file.',
    fix: 'Upload a document with text; a scanned picture has to go through OCR first.',
  },
  'csv.malformed': {
    kind: 'invalid-argument',
    message: 'The CSV could not be read.',
    fix: 'Mend the line named in `details`: an open quote, a wrong delimiter or a differing number of columns.',
  },
} as const satisfies Record<string, Entry>;
