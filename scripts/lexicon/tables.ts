import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** One row by column name. Reading a column that the file does not have is an error, not an empty string. */
export class Row {
  readonly #fields: Readonly<Record<string, string>>;

  constructor(fields: Readonly<Record<string, string>>) {
    this.#fields = fields;
  }

  /** The field, trimmed. @throws Error when the table has no such column */
  get(column: string): string {
    const value = this.#fields[column];
    if (value === undefined) throw new Error(`no column "${column}" among ${Object.keys(this.#fields).join(', ')}`);
    return value.trim();
  }

  /** The field split at `separator`, empty parts left out. */
  list(column: string, separator: string | RegExp = '|'): string[] {
    return this.get(column)
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  }
}

/**
 * Rows of a `.tsv` (no quoting) or `.csv` (RFC 4180) file with a header line, gzip'd when its name ends in `.gz`.
 * @throws Error naming the file when it cannot be read or a row has another number of columns than the header
 */
export function readTable(path: string | URL): Row[] {
  const name = String(path);
  try {
    const bytes = readFileSync(path);
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    const tabs = /\.tsv(\.gz)?$/.test(name);
    const options = tabs ? { delimiter: '\t', quote: null } : { delimiter: ',' };
    const rows: Record<string, string>[] = parse(text, {
      ...options,
      columns: true,
      bom: true,
      skip_empty_lines: true,
    });
    return rows.map((fields) => new Row(fields));
  } catch (cause) {
    throw new Error(`cannot read table ${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}

/** A table of the hand-written sources beside this file. */
export const readSource = (name: string): Row[] => readTable(new URL(name, import.meta.url));
