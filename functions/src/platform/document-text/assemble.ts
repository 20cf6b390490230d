import { type DocumentPage, documentLimits } from '../../contract/document.ts';
import { cleanText } from './clean-text.ts';
import { hiddenOf } from './hidden-of.ts';
import type { RawHidden, RawPages, ReadDocument } from './job.ts';
import { refuse } from './refuse.ts';
import { withoutShapeless } from './shapeless.ts';

const pageBreak = '\n\n';

/** Cuts after `units`, but never through a surrogate pair. */
const cut = (text: string, units: number): string => {
  const last = text.charCodeAt(units - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? units - 1 : units).trimEnd();
};

/**
 * Cleans the pages and joins them into one text, a blank line between two, at most 400,000 units long; pages beyond
 * that are left out, with a warning. What draws nothing is hidden text, as what the readers found is.
 * @throws Problem document.empty when there is no letter or digit in it
 */
export const assemble = (read: RawPages): ReadDocument => {
  const pages: DocumentPage[] = [];
  let text = '';
  let isCut = false;
  const shapeless: RawHidden[] = [];
  for (const [index, raw] of read.pages.entries()) {
    const before = index === 0 ? text : text + pageBreak;
    const { text: shown, said, count } = withoutShapeless(raw);
    if (count > 0) shapeless.push({ reason: 'zero-width', page: index + 1, text: said.padEnd(count, '\u200B') });
    const page = cleanText(shown);
    const room = documentLimits.textUnits - before.length;
    isCut = page.length > room;
    if (isCut && room <= 0) break;
    text = before + (isCut ? cut(page, room) : page);
    pages.push({ number: index + 1, start: before.length, end: text.length });
    if (isCut) break;
  }
  if (!/[\p{L}\p{N}]/u.test(text)) throw refuse('document.empty', 'No letters or digits were found in the file.');
  const cutWarning = `Only the first ${documentLimits.textUnits} characters were kept.`;
  return {
    text,
    pages,
    warnings: [...read.warnings, ...(isCut ? [cutWarning] : [])],
    ...hiddenOf([...read.hidden, ...shapeless]),
  };
};
