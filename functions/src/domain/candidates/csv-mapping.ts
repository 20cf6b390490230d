import { type Detail, Problem } from '../../contract/errors.ts';
import { type CsvField, csvFieldNames, isCsvField, isListField, suggestField } from './csv-fields.ts';

export interface CsvMapping {
  /** Column header -> field, for every column that goes somewhere. */
  readonly mapping: Record<string, CsvField>;
  readonly unmapped: string[];
}

const faultsOf = (columns: readonly string[], wishes: Record<string, string>): Detail[] => {
  const faults: Detail[] = [];
  const taken = new Set<string>();
  for (const [column, field] of Object.entries(wishes)) {
    const path = `mapping.${column}`;
    if (!columns.includes(column)) faults.push({ path, message: 'names a column the CSV does not have' });
    if (!isCsvField(field)) faults.push({ path, message: `must be one of ${csvFieldNames.join(', ')}` });
    else if (field !== 'ignore' && !isListField(field)) {
      if (taken.has(field)) faults.push({ path, message: `is the second column for ${field}, which takes one` });
      taken.add(field);
    }
  }
  return faults;
};

/**
 * Says which column feeds which field: the caller's wishes first, then what the headers suggest. A field of one value
 * takes its first column; skills, languages, industries and links gather several.
 * @throws Problem input.invalid for an unknown column or field, a field wished twice, or no column for fullName.
 */
export const mapColumns = (columns: readonly string[], wishes: Record<string, string>): CsvMapping => {
  const faults = faultsOf(columns, wishes);
  if (faults.length > 0) throw new Problem('input.invalid', faults);
  const wished = new Map(Object.entries(wishes) as [string, CsvField][]);
  const taken = new Set<CsvField>(wished.values());
  const chosen = new Map<string, CsvField>();
  for (const column of columns) {
    const wish = wished.get(column);
    const suggestion = suggestField(column);
    if (wish && wish !== 'ignore') chosen.set(column, wish);
    if (wish || !suggestion || (taken.has(suggestion) && !isListField(suggestion))) continue;
    chosen.set(column, suggestion);
    taken.add(suggestion);
  }
  if (![...chosen.values()].includes('fullName')) {
    throw new Problem('input.invalid', [
      { path: 'mapping', message: 'names no column for fullName, and no header suggests one' },
    ]);
  }
  return { mapping: Object.fromEntries(chosen), unmapped: columns.filter((column) => !chosen.has(column)) };
};
