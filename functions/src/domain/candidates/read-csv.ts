import { CsvError, parse } from 'csv-parse/sync';
import { Problem } from '../../contract/errors.ts';
import type { CsvField } from './csv-fields.ts';
import { mapColumns } from './csv-mapping.ts';
import { profileOf, sortCells, type UnparsedProfile } from './csv-profile.ts';

export type CsvDelimiter = ',' | ';' | '\t';

/** Rows one import may hold. */
export const mostCsvRows = 500;

export interface CandidateCsv {
  readonly csv: string;
  /** Found from the header line when absent. */
  readonly delimiter?: CsvDelimiter | undefined;
  /** Column header -> field; wins over what the headers suggest. */
  readonly mapping?: Record<string, string> | undefined;
}

export interface CandidateRow {
  /** Line of the file the row begins on, the header being line 1. */
  readonly line: number;
  /** Still to be parsed by CandidateProfile. */
  readonly profile: UnparsedProfile;
  readonly candidateId?: string;
}

export interface CandidateRows {
  readonly rows: CandidateRow[];
  readonly mapping: Record<string, CsvField>;
  readonly unmapped: string[];
}

interface Row {
  readonly cells: readonly string[];
  readonly line: number;
}

const at = (line: number, message: string) => [{ path: `csv.line[${line}]`, message }];

/** Excel writes "sep=;" above the header of a file it expects to open itself. */
const excelHint = /^\uFEFF?sep=([,;\t])\r?\n/i;

const detectDelimiter = (csv: string): CsvDelimiter => {
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

const parseRows = (csv: string, delimiter: CsvDelimiter): Row[] => {
  try {
    const records = parse(csv, {
      bom: true,
      delimiter,
      info: true,
      from_line: excelHint.test(csv) ? 2 : 1,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      to: mostCsvRows + 2,
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

const columnsOf = ({ cells, line }: Row): string[] => {
  const columns = cells.map((cell, index) => cell.trim() || `column ${index + 1}`);
  const twice = columns.find((column, index) => columns.indexOf(column) !== index);
  if (twice !== undefined) throw new Problem('csv.malformed', at(line, 'names two columns alike in the header'));
  return columns;
};

/**
 * Reads candidates from a CSV with a header line, in full or not at all. Cells stay plain text, formulas too.
 * @throws Problem csv.malformed with the line for an open quote, a ragged row, a missing header or no rows;
 * input.too_large above 500 rows; input.invalid for a mapping that does not fit.
 */
export const readCandidateCsv = ({ csv, delimiter, mapping: wishes = {} }: CandidateCsv): CandidateRows => {
  const [header, ...rows] = parseRows(csv, delimiter ?? detectDelimiter(csv));
  if (!header) throw new Problem('csv.malformed', at(1, 'must be a header line; the file is empty'));
  const columns = columnsOf(header);
  const surplus = rows[mostCsvRows];
  if (surplus) throw new Problem('input.too_large', at(surplus.line, `is beyond the limit of ${mostCsvRows} rows`));
  if (rows.length === 0)
    throw new Problem('csv.malformed', at(header.line + 1, 'must be a row; there is only a header'));
  const { mapping, unmapped } = mapColumns(columns, wishes);
  const fields = columns.map((column) => mapping[column]);
  return {
    rows: rows.map(({ cells, line }) => {
      const sorted = sortCells(fields, cells);
      const candidateId = sorted.single.get('candidateId');
      return { line, profile: profileOf(sorted), ...(candidateId === undefined ? {} : { candidateId }) };
    }),
    mapping,
    unmapped,
  };
};
