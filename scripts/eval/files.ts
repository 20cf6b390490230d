import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** Says, in one sentence, what a folder lacks or what of it cannot be read. */
export class DatasetError extends Error {}

/** A file of a data set, by its name without endings: `queries` for `queries.tsv.gz`. */
export interface DataFile {
  readonly stem: string;
  readonly path: string;
}

/** The files and folders of a folder, in order of their names. @throws DatasetError when it is none */
export function filesOf(folder: string): DataFile[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new DatasetError(`${folder} is not a folder; --dataset takes one that holds a data set's files.`);
  }
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .sort()
    .map((name) => ({ stem: name.replace(/(\.(tsv|csv|txt|json|tar|gz|tgz))+$/i, ''), path: path.join(folder, name) }));
}

/** The first file whose stem matches. @throws DatasetError naming what was looked for */
export function fileLike(folder: string, pattern: RegExp, what: string): DataFile {
  const found = filesOf(folder).find(({ stem }) => pattern.test(stem));
  if (found) return found;
  const names = filesOf(folder).map((file) => path.basename(file.path));
  throw new DatasetError(
    `${folder} has no file of ${what} (looked for ${pattern.source}); it holds ${names.join(', ') || 'nothing'}.`,
  );
}

export function readBytes(file: string): Buffer {
  const bytes = readFileSync(file);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

export const readText = (file: string): string =>
  readBytes(file)
    .toString('utf8')
    .replace(/^\ufeff/, '');

/** A table's rows; separated by tabs if its first line has one, else by commas with quotes. */
export function readRows(file: string): string[][] {
  const text = readText(file);
  const first = text.slice(0, text.indexOf('\n') + 1 || text.length);
  if (first.includes('\t')) return tabRows(text);
  if (!first.includes(','))
    return text
      .split(/\r?\n/)
      .filter((line) => line.trim() !== '')
      .map((line) => line.trim().split(/\s+/));
  try {
    return parse(text, { relax_column_count: true, relax_quotes: true, skip_empty_lines: true });
  } catch (error) {
    throw new DatasetError(`${file} is neither a table with tabs nor CSV: ${(error as Error).message}`);
  }
}

const tabRows = (text: string) =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t'));
