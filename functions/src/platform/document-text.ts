import { type DocumentFile, type DocumentText, documentLimits } from '../contract/document.ts';
import { documentKind, nameWarning } from './document-text/document-kind.ts';
import { createReaderPool } from './document-text/reader-pool.ts';
import { refuse } from './document-text/refuse.ts';

const pool = createReaderPool({
  // The compiled program has .js beside it, the sources .ts: the worker is of the same making as this file.
  worker: new URL(`./document-text/worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
  deadlineMs: documentLimits.readSeconds * 1_000,
  running: documentLimits.readsAtOnce,
  waiting: documentLimits.readsWaiting,
  heapMb: 256,
  bufferMb: 192,
});

/**
 * Reads the text of a resume from a PDF, DOCX or plain-text file of at most 10 MB, in a worker thread that a hostile
 * file can neither hang nor exhaust. DOCX and plain text come as one page.
 * @throws Problem document.unsupported, document.too_large, document.encrypted, document.unreadable, document.empty;
 * call.timeout after 20 s of reading, document.busy when too many files wait already.
 */
export const extractText = async ({ fileName, bytes }: DocumentFile): Promise<DocumentText> => {
  if (bytes.length > documentLimits.fileBytes) {
    throw refuse('document.too_large', `The file has more than ${documentLimits.fileBytes} bytes.`);
  }
  const kind = documentKind(bytes);
  const { warnings, ...read } = await pool.read({ kind, bytes });
  const warning = nameWarning(fileName, kind);
  return { kind, ...read, warnings: warning ? [warning, ...warnings] : warnings };
};
