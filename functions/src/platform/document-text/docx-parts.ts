import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import { documentLimits } from '../../contract/document.ts';
import { Problem } from '../../contract/errors.ts';
import { refuse } from './refuse.ts';

/** The parts that are read; pictures and fonts are only counted. */
const wanted = /\.(xml|rels)$/;
const wordDocument = 'wordprocessingml.document.main+xml';

const inflate = async (zip: ZipFile, entry: Entry, countUp: (bytes: number) => void): Promise<string> => {
  const isWanted = wanted.test(entry.fileName);
  const kept: Buffer[] = [];
  const stream = await zip.openReadStreamPromise(entry);
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    countUp(chunk.length);
    if (isWanted) kept.push(chunk);
  }
  return Buffer.concat(kept).toString('utf8');
};

const walk = async (bytes: Uint8Array): Promise<Map<string, string>> => {
  const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    // The sizes a zip declares are what a bomb lies about: what comes out is counted instead.
    validateEntrySizes: false,
    strictFileNames: true,
  });
  const parts = new Map<string, string>();
  let inflated = 0;
  const countUp = (more: number) => {
    inflated += more;
    const isOver = inflated > documentLimits.docxInflatedBytes;
    const isSteep = inflated > documentLimits.docxRatioFromBytes && inflated > bytes.length * documentLimits.docxRatio;
    if (isOver || isSteep) throw refuse('document.too_large', 'The DOCX unpacks to far more than a resume holds.');
  };
  for await (const entry of zip.eachEntry()) {
    if (entry.isEncrypted()) throw refuse('document.encrypted', 'Parts of the DOCX are protected by a password.');
    if (parts.has(entry.fileName)) throw refuse('document.unreadable', 'The DOCX holds two parts of one name.');
    if (parts.size >= documentLimits.docxEntries) {
      throw refuse('document.too_large', `The DOCX holds more than ${documentLimits.docxEntries} parts.`);
    }
    parts.set(entry.fileName, await inflate(zip, entry, countUp));
  }
  return parts;
};

/**
 * Inflates every entry of a DOCX once, counting what really comes out, before any other reader sees it.
 * @returns the XML by part name.
 * @throws Problem document.too_large (50 MB unpacked, 2,000 parts, or a bomb's ratio), document.encrypted,
 * document.unreadable (damaged, a name that leaves the package, two parts of one name), document.unsupported (a zip
 * that is no Word document)
 */
export const docxParts = async (bytes: Uint8Array): Promise<Map<string, string>> => {
  const parts = await walk(bytes).catch((cause: unknown) => {
    throw cause instanceof Problem ? cause : refuse('document.unreadable', 'The DOCX is damaged or incomplete.', cause);
  });
  if (!parts.get('[Content_Types].xml')?.includes(wordDocument)) {
    throw refuse('document.unsupported', 'The file is a zip, but not a Word document (.docx).');
  }
  return new Map([...parts].filter(([name]) => wanted.test(name)));
};
