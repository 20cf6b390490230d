import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type CsvError, parse } from 'csv-parse';
import { mapColumns } from '../../functions/src/domain/csv/map-columns.ts';
import { columnsOf, detectDelimiter } from '../../functions/src/domain/csv/read-table.ts';
import { type NumberedRow, raggedRow } from '../../functions/src/domain/msgs/import-postings.ts';
import { postingColumns, postingOfCells } from '../../functions/src/domain/msgs/posting-columns.ts';

export interface FileOptions {
  readonly file: string;
  readonly mapping: Record<string, string>;
  readonly delimiter?: string | undefined;
  /** Told once which column feeds what. */
  onColumns(mapping: Readonly<Record<string, string>>, unmapped: readonly string[]): void;
}

const longestRecord = 200_000;

/** Rows of a CSV, TSV or JSON Lines file, gzipped or not, one by one; a broken one is a row with its fault. */
export async function* readPostingFile(options: FileOptions): AsyncGenerator<NumberedRow> {
  const kind = /\.(csv|tsv|jsonl|ndjson)(\.gz)?$/i.exec(options.file)?.[1]?.toLowerCase();
  if (!kind)
    throw new Error(`${options.file}: the name has to end in .csv, .tsv, .jsonl or .ndjson, with .gz or without`);
  const raw = createReadStream(options.file);
  const bytes = options.file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  // A broken archive is told to whoever reads what is unpacked of it.
  raw.on('error', (error) => bytes.destroy(error));
  yield* kind === 'csv' || kind === 'tsv' ? csvRows(bytes, kind, options) : jsonRows(bytes, options);
}

async function* csvRows(bytes: Readable, kind: 'csv' | 'tsv', options: FileOptions): AsyncGenerator<NumberedRow> {
  const skipped: NumberedRow[] = [];
  const delimiter = options.delimiter ?? (kind === 'tsv' ? '\t' : await firstDelimiter(options.file));
  const records = bytes.pipe(
    parse({
      bom: true,
      delimiter,
      info: true,
      max_record_size: longestRecord,
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      skip_records_with_error: true,
      on_skip: (error: CsvError | undefined) => {
        if (error) skipped.push({ row: Number(error['lines'] ?? 0), given: undefined, fault: faultOf(error) });
        return undefined;
      },
      trim: true,
    }),
  );
  bytes.on('error', (error) => records.destroy(error));
  let fields: ReturnType<typeof fieldsOf> | undefined;
  for await (const { record, info } of records as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    yield* skipped.splice(0);
    const line = info.lines - record.join('').split('\n').length + 1;
    if (!fields) {
      fields = fieldsOf(columnsOf({ cells: record, line }), options);
      continue;
    }
    const fault = record.length === fields.length ? undefined : raggedRow(record.length, fields.length);
    yield { row: line, given: postingOfCells(fields, record), ...(fault && { fault }) };
  }
  yield* skipped;
}

async function* jsonRows(bytes: Readable, options: FileOptions): AsyncGenerator<NumberedRow> {
  let columns: string[] | undefined;
  let fields: ReturnType<typeof fieldsOf> = [];
  let row = 0;
  for await (const line of createInterface({ input: bytes, crlfDelay: Number.POSITIVE_INFINITY })) {
    row++;
    if (line.trim() === '') continue;
    const given = objectOf(line);
    if (!given) {
      yield { row, given: undefined, fault: 'is no JSON object; each line has to be one' };
      continue;
    }
    if (!columns) fields = fieldsOf((columns = Object.keys(given)), options);
    yield {
      row,
      given: postingOfCells(
        fields,
        columns.map((column) => cellOf(given[column])),
      ),
    };
  }
}

function fieldsOf(columns: readonly string[], { mapping: wishes, onColumns }: FileOptions) {
  const { mapping, unmapped } = mapColumns(postingColumns, columns, wishes);
  onColumns(mapping, unmapped);
  return columns.map((column) => mapping[column]);
}

/** Lists become cells with a line for each of their items, which is how cells hold lists. */
function cellOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join('\n');
  return value === undefined || value === null ? '' : String(value);
}

function objectOf(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

const faultOf = ({ code }: CsvError) =>
  code === 'CSV_MAX_RECORD_SIZE'
    ? `is longer than ${longestRecord} characters, or opens a quote that is never closed`
    : 'holds a quote that is not escaped or not closed; write it twice';

async function firstDelimiter(file: string): Promise<string> {
  const raw = createReadStream(file);
  const lines = createInterface({ input: file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw });
  try {
    for await (const line of lines) return detectDelimiter(line);
    return ',';
  } finally {
    lines.close();
    raw.destroy();
  }
}
