import type { RawPages } from './job.ts';

const decode = (encoding: string, bytes: Uint8Array, fatal = false): string =>
  new TextDecoder(encoding, { fatal }).decode(bytes);

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    decode('utf-8', bytes, true);
    return true;
  } catch {
    return false;
  }
};

const textOf = (bytes: Uint8Array): { text: string; warnings: string[] } => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: decode('utf-16le', bytes), warnings: [] };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: decode('utf-16be', bytes), warnings: [] };
  if (isUtf8(bytes)) return { text: decode('utf-8', bytes), warnings: [] };
  return {
    text: decode('windows-1252', bytes),
    warnings: ['The text is not UTF-8 and was read as windows-1252; accents may be wrong.'],
  };
};

/** Reads plain text as one page: UTF-16 by its byte-order mark, else UTF-8, else windows-1252 with a warning. */
export const readTxt = (bytes: Uint8Array): RawPages => {
  const { text, warnings } = textOf(bytes);
  const lossy = !text.isWellFormed() || text.includes('\uFFFD') || text.includes('\0');
  if (lossy) warnings.push('Some characters could not be read and were replaced or removed.');
  return { pages: [text], warnings, hidden: [] };
};
