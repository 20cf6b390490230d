import { type DocumentPage, documentLimits } from '../../contract/document.ts';
import { cleanText } from './clean-text.ts';
import type { RawPages, ReadDocument } from './job.ts';
import { refuse } from './refuse.ts';

const pageBreak = '\n\n';

/** Cuts after `units`, but never through a surrogate pair. */
const cut = (text: string, units: number): string => {
  const last = text.charCodeAt(units - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? units - 1 : units).trimEnd();
};

/**
 * Cleans the pages and joins them into one text, a blank line between two, at most 400,000 units long; pages beyond
 * that are left out, with a warning.
 * @throws Problem document.empty when there is no letter or digit in it
 */
export const assemble = (read: RawPages): ReadDocument => {
  const pages: DocumentPage[] = [];
  let text = '';
  let isCut = false;
  for (const [index, raw] of read.pages.entries()) {
    const before = index === 0 ? text : text + pageBreak;
    const page = cleanText(raw);
    const room = documentLimits.textUnits - before.length;
    isCut = page.length > room;
    if (isCut && room <= 0) break;
    text = before + (isCut ? cut(page, room) : page);
    pages.push({ number: index + 1, start: before.length, end: text.length });
    if (isCut) break;
  }
  if (!/[\p{L}\p{N}]/u.test(text)) throw refuse('document.empty', 'No letters or digits were found in the file.');
  const cutWarning = `Only the first ${documentLimits.textUnits} characters were kept.`;
  return { text, pages, warnings: isCut ? [...read.warnings, cutWarning] : read.warnings };
};
