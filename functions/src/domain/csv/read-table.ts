import { CsvError, parse } from 'csv-parse/sync';
import { Problem } from '../../contract/errors.ts';

export type CsvDelimiter = ',' | ';' | '\t';

export interface CsvRow {
  readonly cells: readonly string[];
  /** Line of the file the row begins on, the header being line 1. */
  readonly line: number;
}

export interface CsvTable {
  readonly columns: readonly string[];
  readonly rows: readonly CsvRow[];
}

const at = (line: number, message: string) => [{ path: `csv.line[${line}]`, message }];

/** Excel writes "sep=;" above the header of a file it expects to open itself. */
const excelHint = /^\uFEFF?sep=([,;\t])\r?\n/i;

/** The delimiter that Excel's hint names or that the header line holds most of. */
export const detectDelimiter = (csv: string): CsvDelimiter => {
  const hint = excelHint.exec(csv)?.[1];
  if (hint) return hint as CsvDelimiter;
  const [header = ''] = csv
    .trimStart()
    .replace(/"[^"]*"/g, '')
    .split(/\r?\n|\r/, 1);
  const count = (delimiter: string) => header.split(delimiter).length;
  return ([';', '\t', ','] as const).reduce((best, next) => (count(next) > count(best) ? next : best), ',');
};

/** Line that the byte after the first `bytes` ones stands on. */
const lineAt = (csv: string, bytes: number): number =>
  Buffer.from(csv)
    .subarray(0, bytes)
    .toString()
    .split(/\r\n|\r|\n/).length;

const faultOf = (csv: string, cause: unknown): Problem => {
  if (!(cause instanceof CsvError)) throw cause;
  const { lines: line = 1, bytes = 0 } = cause as { lines?: number; bytes?: number };
  if (cause.code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH') {
    return new Problem('csv.malformed', at(line, 'has another number of columns than the header'), { cause });
  }
  if (cause.code === 'CSV_QUOTE_NOT_CLOSED') {
    const start = lineAt(csv, bytes);
    return new Problem('csv.malformed', at(start, 'opens a quote that is never closed'), { cause });
  }
  return new Problem('csv.malformed', at(line, 'holds a quote that is not escaped; write it twice'), { cause });
};

const parseRows = (csv: string, delimiter: CsvDelimiter, mostRows: number, ragged: 'refused' | 'kept'): CsvRow[] => {
  try {
    const records = parse(csv, {
      bom: true,
      delimiter,
      info: true,
      from_line: excelHint.test(csv) ? 2 : 1,
      relax_column_count: ragged === 'kept',
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: mostRows + 2,
      trim: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return records.map(({ record, info }) => ({
      cells: record,
      line: info.lines - record.join('').split(/\r\n|\r|\n/).length + 1,
    }));
  } catch (error) {
    throw faultOf(csv, error);
  }
};

/** The columns' names; one without a name gets one by its place. @throws Problem csv.malformed when two are alike */
export const columnsOf = ({ cells, line }: CsvRow): string[] => {
  const columns = cells.map((cell, index) => cell.trim() || `column ${index + 1}`);
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice !== undefined) throw new Problem('csv.malformed', at(line, 'names two columns alike in the header'));
  return columns;
};

/**
 * Reads a CSV with a header line. Cells stay plain text, formulas too. A ragged row is `kept` for a reader that tells of
 * each row what is wrong with it.
 * @throws Problem csv.malformed with the line for an open quote, a ragged row unless kept, a missing header or no rows;
 * input.too_large above `mostRows` rows.
 */
export const readTable = (
  csv: string,
  options: { delimiter?: CsvDelimiter | undefined; mostRows: number; ragged: 'refused' | 'kept' },
): CsvTable => {
  const { delimiter = detectDelimiter(csv), mostRows, ragged } = options;
  const [header, ...rows] = parseRows(csv, delimiter, mostRows, ragged);
  if (!header) throw new Problem('csv.malformed', at(1, 'must be a header line; the file is empty'));
  const columns = columnsOf(header);
  const surplus = rows[mostRows];
  if (surplus) throw new Problem('input.too_large', at(surplus.line, `is beyond the limit of ${mostRows} rows`));
  if (rows.length === 0)
    throw new Problem('csv.malformed', at(header.line + 1, 'must be a row; there is only a header'));
  return { columns, rows };
};
