import { getDocumentProxy } from 'unpdf';
import { documentLimits } from '../../contract/document.ts';
import type { RawPages } from './job.ts';
import { readColumns } from './pdf-columns.ts';
import { watchDamage } from './pdf-damage.ts';
import { type Glyphs, linesOf } from './pdf-lines.ts';
import { refuse } from './refuse.ts';

/** How far from the end Acrobat, too, looks for the end mark. */
const tailBytes = 2_048;

/** pdf.js's VerbosityLevel.WARNINGS: what `watchDamage` listens to. */
const warnings = 1;

type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;

const isPasswordError = (error: unknown): boolean => error instanceof Error && error.name === 'PasswordException';

const open = async (bytes: Uint8Array): Promise<Pdf> => {
  try {
    // Fonts, scripts and forms of the file are never run or fetched: only its text is wanted.
    return await getDocumentProxy(bytes, {
      verbosity: warnings,
      useSystemFonts: false,
      disableFontFace: true,
      enableXfa: false,
      useWorkerFetch: false,
      maxImageSize: 0,
    });
  } catch (error) {
    if (isPasswordError(error)) throw refuse('document.encrypted', 'The PDF asks for a password.', error);
    throw refuse('document.unreadable', 'The PDF is damaged and could not be opened.', error);
  }
};

const pageText = async (pdf: Pdf, number: number): Promise<string> => {
  try {
    const page = await pdf.getPage(number);
    const { items } = await page.getTextContent();
    const glyphs = items.filter((item): item is typeof item & Glyphs => 'str' in item);
    const lines = readColumns(linesOf(glyphs));
    page.cleanup();
    return lines.map((line) => line.map((cell) => cell.text).join('\t')).join('\n');
  } catch (error) {
    throw refuse('document.unreadable', `Page ${number} of the PDF is damaged.`, error);
  }
};

const readPages = async (bytes: Uint8Array): Promise<string[]> => {
  const pdf = await open(bytes);
  if (pdf.numPages > documentLimits.pdfPages) {
    throw refuse('document.too_large', `The PDF has more than ${documentLimits.pdfPages} pages.`);
  }
  const pages: string[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) pages.push(await pageText(pdf, number));
  return pages;
};

/**
 * Reads each page's text, lines in reading order. A PDF that only restricts printing or copying opens without a
 * password and is read. One that pdf.js could mend is read, with a warning when text may be missing.
 * @throws Problem document.encrypted; document.too_large over 100 pages; document.unreadable when a page is damaged,
 * when the end is missing, or when the index had to be rebuilt and parts were passed over: what is left of a resume
 * would pass for the whole.
 */
export const readPdf = async (bytes: Uint8Array): Promise<RawPages> => {
  const tail = Buffer.from(bytes.subarray(-tailBytes)).toString('latin1');
  if (!/%%EOF|startxref\s+\d+/.test(tail)) {
    throw refuse('document.unreadable', 'The PDF is cut off: its end is missing.');
  }
  const { result: pages, damage } = await watchDamage(() => readPages(bytes));
  if (damage.isRebuilt && damage.mayLackText) {
    throw refuse('document.unreadable', 'The PDF is damaged, and parts of it could not be recovered.');
  }
  return { pages, warnings: damage.mayLackText ? ['The PDF is damaged in places; some text may be missing.'] : [] };
};
