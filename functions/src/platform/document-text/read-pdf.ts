import { getDocumentProxy } from 'unpdf';
import { documentLimits } from '../../contract/document.ts';
import type { RawHidden, RawPages } from './job.ts';
import { readColumns } from './pdf-columns.ts';
import { watchDamage } from './pdf-damage.ts';
import type { Seen } from './pdf-hidden.ts';
import { type Glyphs, linesOf } from './pdf-lines.ts';
import { seenOnPage } from './pdf-seen.ts';
import { refuse } from './refuse.ts';

/** How far from the end Acrobat, too, looks for the end mark. */
const tailBytes = 2_048;

/** pdf.js's VerbosityLevel.WARNINGS: what `watchDamage` listens to. */
const warnings = 1;

export type Pdf = Awaited<ReturnType<typeof getDocumentProxy>>;
export type PdfPage = Awaited<ReturnType<Pdf['getPage']>>;

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

/** In reading order, with a tab between the cells of a line. */
const textOf = (glyphs: readonly Glyphs[]): string =>
  readColumns(linesOf(glyphs))
    .map((line) => line.map((cell) => cell.text).join('\t'))
    .join('\n');

interface ReadPage {
  readonly text: string;
  readonly hidden: RawHidden[];
  readonly isScanned: boolean;
}

const readPage = async (pdf: Pdf, number: number): Promise<ReadPage> => {
  try {
    const page = await pdf.getPage(number);
    const { words, isScanned } = await seenOnPage(pdf, page);
    const hidden = words.flatMap(({ text, hidden: reason }) =>
      reason === null ? [] : [{ reason, page: number, text: `${text.text.trimEnd()} ` }],
    );
    // What pdf.js makes of the text knows no colours: where something is hidden, the words that are seen are laid out anew.
    const shown =
      hidden.length > 0 ? words.filter((word) => word.hidden === null).map(glyphsOf) : await glyphsOfPage(page);
    page.cleanup();
    return { text: textOf(shown), hidden, isScanned };
  } catch (error) {
    throw refuse('document.unreadable', `Page ${number} of the PDF is damaged.`, error);
  }
};

const glyphsOfPage = async (page: PdfPage): Promise<Glyphs[]> =>
  (await page.getTextContent()).items.filter((item): item is typeof item & Glyphs => 'str' in item);

const glyphsOf = ({ text: { text, transform, width, size } }: Seen): Glyphs => ({
  str: text,
  transform,
  width,
  height: size ?? 0,
  hasEOL: false,
});

const readPages = async (bytes: Uint8Array): Promise<ReadPage[]> => {
  const pdf = await open(bytes);
  if (pdf.numPages > documentLimits.pdfPages) {
    throw refuse('document.too_large', `The PDF has more than ${documentLimits.pdfPages} pages.`);
  }
  const pages: ReadPage[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) pages.push(await readPage(pdf, number));
  return pages;
};

/**
 * Reads each page's text, lines in reading order. A PDF that only restricts printing or copying opens without a
 * password and is read. What nobody sees on a page is kept apart. One that pdf.js could mend is read, with a warning when text may be missing.
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
  return {
    pages: pages.map(({ text }) => text),
    hidden: pages.flatMap(({ hidden }) => hidden),
    warnings: [
      ...(damage.mayLackText ? ['The PDF is damaged in places; some text may be missing.'] : []),
      ...(pages.some(({ isScanned }) => isScanned)
        ? ['The text is an invisible layer over a picture of the page; whether the two say the same was not checked.']
        : []),
    ],
  };
};
