import { mapColumns } from '../csv/map-columns.ts';
import { type CsvDelimiter, readTable } from '../csv/read-table.ts';
import { type CsvField, candidateFields } from './csv-fields.ts';
import { profileOf, sortCells, type UnparsedProfile } from './csv-profile.ts';

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

/**
 * Reads candidates from a CSV with a header line, in full or not at all.
 * @throws Problem csv.malformed and input.too_large as `readTable` does, above 500 rows; input.invalid for a mapping that
 * does not fit.
 */
export const readCandidateCsv = ({ csv, delimiter, mapping: wishes = {} }: CandidateCsv): CandidateRows => {
  const { columns, rows } = readTable(csv, { delimiter, mostRows: mostCsvRows, ragged: 'refused' });
  const { mapping, unmapped } = mapColumns(candidateFields, columns, wishes);
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
