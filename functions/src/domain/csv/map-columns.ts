import { type Detail, Problem } from '../../contract/errors.ts';

/** The fields that columns of one kind of file can feed; `ignore` keeps a column out that its header would have mapped. */
export interface FieldBook<Field extends string> {
  /** What there is to choose from, as it is told to whoever chose something else. */
  readonly names: readonly string[];
  /** Some column has to feed each of these. */
  readonly needed: readonly Field[];
  isField(name: string): name is Field;
  /** Whether several columns may feed it. */
  isList(field: Field): boolean;
  /** The field a header names, or null. */
  suggest(header: string): Field | null;
}

export interface CsvMapping<Field extends string> {
  /** Column header -> field, for every column that goes somewhere. */
  readonly mapping: Record<string, Field>;
  readonly unmapped: string[];
}

function faultsOf<Field extends string>(
  book: FieldBook<Field>,
  columns: readonly string[],
  wishes: Record<string, string>,
): Detail[] {
  const faults: Detail[] = [];
  const taken = new Set<string>();
  for (const [column, field] of Object.entries(wishes)) {
    const path = `mapping.${column}`;
    if (!columns.includes(column)) faults.push({ path, message: 'names a column the CSV does not have' });
    if (!book.isField(field)) faults.push({ path, message: `must be one of ${book.names.join(', ')}` });
    else if (field !== 'ignore' && !book.isList(field)) {
      if (taken.has(field)) faults.push({ path, message: `is the second column for ${field}, which takes one` });
      taken.add(field);
    }
  }
  return faults;
}

/**
 * Says which column feeds which field: the caller's wishes first, then what the headers suggest. A field of one value
 * takes its first column; a list gathers several.
 * @throws Problem input.invalid for an unknown column or field, a field wished twice, or no column for a needed one.
 */
export function mapColumns<Field extends string>(
  book: FieldBook<Field>,
  columns: readonly string[],
  wishes: Record<string, string>,
): CsvMapping<Field> {
  const faults = faultsOf(book, columns, wishes);
  if (faults.length > 0) throw new Problem('input.invalid', faults);
  const wished = new Map(Object.entries(wishes) as [string, Field][]);
  const taken = new Set<Field>(wished.values());
  const chosen = new Map<string, Field>();
  for (const column of columns) {
    const wish = wished.get(column);
    const suggestion = book.suggest(column);
    if (wish && wish !== 'ignore') chosen.set(column, wish);
    if (wish || !suggestion || (taken.has(suggestion) && !book.isList(suggestion))) continue;
    chosen.set(column, suggestion);
    taken.add(suggestion);
  }
  const fed = new Set(chosen.values());
  const missing = book.needed.find((field) => !fed.has(field));
  if (missing !== undefined) {
    throw new Problem('input.invalid', [
      { path: 'mapping', message: `names no column for ${missing}, and no header suggests one` },
    ]);
  }
  return { mapping: Object.fromEntries(chosen), unmapped: columns.filter((column) => !chosen.has(column)) };
}
