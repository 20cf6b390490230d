import { closeSync, createReadStream, openSync, readSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { constants, createGunzip, gunzipSync } from 'node:zlib';
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
  const isTable = kind === 'csv' || kind === 'tsv';
  const delimiter = options.delimiter ?? (kind === 'csv' ? detectDelimiter(beginningOf(options.file)) : '\t');
  const raw = createReadStream(options.file);
  const bytes = options.file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw;
  // A file that cannot be read is told to whoever reads what is unpacked of it.
  if (bytes !== raw) raw.on('error', (error) => bytes.destroy(error));
  yield* isTable ? csvRows(bytes, delimiter, options) : jsonRows(bytes, options);
}

async function* csvRows(bytes: Readable, delimiter: string, options: FileOptions): AsyncGenerator<NumberedRow> {
  // By line: the parser runs ahead of what is read from it, and tells of one line more than once.
  const skipped = new Map<number, NumberedRow>();
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
        const row = Number(error?.['lines'] ?? 0);
        if (error) skipped.set(row, { row, given: undefined, fault: faultOf(error) });
        return undefined;
      },
      trim: true,
    }),
  );
  bytes.on('error', (error) => records.destroy(error));
  let fields: ReturnType<typeof fieldsOf> | undefined;
  for await (const { record, info } of records as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
    const line = info.lines - record.join('').split('\n').length + 1;
    for (const [row, fault] of [...skipped].filter(([row]) => row < line)) {
      skipped.delete(row);
      yield fault;
    }
    if (!fields) {
      fields = fieldsOf(columnsOf({ cells: record, line }), options);
      continue;
    }
    const fault = record.length === fields.length ? undefined : raggedRow(record.length, fields.length);
    yield { row: line, given: postingOfCells(fields, record), ...(fault && { fault }) };
  }
  yield* skipped.values();
}

async function* jsonRows(bytes: Readable, options: FileOptions): AsyncGenerator<NumberedRow> {
  // Lines that end early end without a reason.
  let cause: Error | undefined;
  const lines = createInterface({ input: bytes, crlfDelay: Number.POSITIVE_INFINITY });
  bytes.on('error', (error) => {
    cause = error;
    lines.close();
  });
  let columns: string[] | undefined;
  let fields: ReturnType<typeof fieldsOf> = [];
  let row = 0;
  for await (const line of lines) {
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
  if (cause) throw cause;
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

/** The first thousands of characters, unpacked. */
function beginningOf(file: string): string {
  const bytes = Buffer.alloc(65_536);
  const opened = openSync(file, 'r');
  try {
    const packed = bytes.subarray(0, readSync(opened, bytes));
    // What is cut off in the middle is unpacked as far as it goes.
    const finishFlush = constants.Z_SYNC_FLUSH;
    return (file.endsWith('.gz') ? gunzipSync(packed, { finishFlush }) : packed).toString();
  } finally {
    closeSync(opened);
  }
}
