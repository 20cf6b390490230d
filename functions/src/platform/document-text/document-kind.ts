import type { DocumentKind } from '../../contract/document.ts';
import { refuse } from './refuse.ts';

const startsWith = (bytes: Uint8Array, ...magic: number[]): boolean => magic.every((byte, i) => bytes[i] === byte);

/** Word keeps the names of a compound file's streams in UTF-16: an encrypted OOXML file has one of this name. */
const encryptedPackage = Buffer.from('EncryptedPackage', 'utf16le');

const pictureOrArchive: readonly (readonly number[])[] = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46, 0x38],
  [0x1f, 0x8b],
  [0x52, 0x61, 0x72, 0x21],
  [0x37, 0x7a, 0xbc, 0xaf],
];

/** Share of control characters above which bytes are no text. */
const binaryShare = 0.01;

const isBinary = (bytes: Uint8Array): boolean => {
  const utf16 = startsWith(bytes, 0xff, 0xfe) || startsWith(bytes, 0xfe, 0xff);
  if (utf16) return startsWith(bytes, 0xff, 0xfe, 0, 0);
  let controls = 0;
  for (const byte of bytes) if (byte < 0x20 && (byte < 0x09 || byte > 0x0d)) controls += 1;
  return controls > bytes.length * binaryShare;
};

/**
 * The kind of a file by its first bytes.
 * @throws Problem document.empty, document.encrypted (protected Office file), document.unsupported
 */
export const documentKind = (bytes: Uint8Array): DocumentKind => {
  if (bytes.length === 0) throw refuse('document.empty', 'The file has no bytes.');
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1024)).toString('latin1');
  if (startsWith(bytes, 0x50, 0x4b, 0x03, 0x04)) return 'docx';
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(encryptedPackage)) {
      throw refuse('document.encrypted', 'The Office file is protected by a password.');
    }
    throw refuse('document.unsupported', 'Old binary Office files (.doc) are not read; save it as .docx or PDF.');
  }
  if (/%PDF-\d/.test(head)) return 'pdf';
  if (head.startsWith('{\\rtf')) throw refuse('document.unsupported', 'RTF is not read; save it as .docx or PDF.');
  if (pictureOrArchive.some((magic) => startsWith(bytes, ...magic)) || isBinary(bytes)) {
    throw refuse('document.unsupported', 'The content is neither PDF nor DOCX nor text, whatever the name says.');
  }
  return 'txt';
};

const namesOf: Record<DocumentKind, readonly string[]> = {
  pdf: ['pdf'],
  docx: ['docx'],
  txt: ['txt', 'text', 'md'],
};

/** A warning when the name's extension promises another kind; null when they agree or there is none. */
export const nameWarning = (fileName: string, kind: DocumentKind): string | null => {
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(fileName)?.[1]?.toLowerCase();
  if (extension === undefined || namesOf[kind].includes(extension)) return null;
  return `The name ends in .${extension}, but the content is ${kind.toUpperCase()} and was read as such.`;
};
