/** pdf.js found no usable index and looked for the objects one by one. */
const rebuilt = /Indexing all PDF objects/;
/** What pdf.js says when it passes over something that may have held text, or the key to reading text. */
const passedOver = new RegExp(
  [
    'FormatError',
    'XRefEntryException',
    'ignoring errors during',
    'ignoring invalid character',
    'Skipping invalid',
    'invalid /Pages',
    'missing "endobj"',
    'translateFont failed',
    'is not available -- attempting to fallback',
    'Unterminated string',
    'Unknown command',
  ].join('|'),
);

export interface PdfDamage {
  readonly isRebuilt: boolean;
  readonly mayLackText: boolean;
}

/**
 * Runs `read` and tells what pdf.js mended on the way; it says so nowhere but on the console, which is this worker's
 * own and stays silent meanwhile.
 */
export const watchDamage = async <T>(read: () => Promise<T>): Promise<{ result: T; damage: PdfDamage }> => {
  const damage = { isRebuilt: false, mayLackText: false };
  const { warn } = console;
  console.warn = (notice: unknown) => {
    damage.isRebuilt ||= rebuilt.test(String(notice));
    damage.mayLackText ||= passedOver.test(String(notice));
  };
  try {
    return { result: await read(), damage };
  } finally {
    console.warn = warn;
  }
};
