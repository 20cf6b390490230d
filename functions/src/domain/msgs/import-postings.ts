import { setImmediate } from 'node:timers/promises';
import type { Context } from '../../context.ts';
import { type Detail, Problem } from '../../contract/errors.ts';
import { operatorTenant } from '../../contract/ids.ts';
import { mostPostings, type ObservationFacts, type PostingFacts } from '../../contract/posting.ts';
import { mapColumns } from '../csv/map-columns.ts';
import { type CsvDelimiter, readTable } from '../csv/read-table.ts';
import { postingColumns, postingOfCells } from './posting-columns.ts';
import { readPosting } from './read-posting.ts';

/** Rows that are told in full when they are rejected, and names of skills nobody knows. */
export const mostRejected = 100;
export const mostUnknown = 20;
const rowsBetweenBreaths = 100;

/** What holds for every row that does not say otherwise. */
export interface PostingDefaults {
  readonly postedAt?: string | undefined;
  readonly source?: string | undefined;
  readonly country?: string | undefined;
  readonly industry?: string | undefined;
}

export interface ImportPostings {
  readonly postings?: readonly unknown[] | undefined;
  readonly csv?: string | undefined;
  readonly delimiter?: CsvDelimiter | undefined;
  readonly mapping?: Record<string, string> | undefined;
  readonly defaults?: PostingDefaults | undefined;
}

export interface NumberedRow {
  /** Place in the input: position from 1, or the line of a CSV. */
  readonly row: number;
  /** What the row says, or what is wrong with its form. */
  readonly given: unknown;
  readonly fault?: string;
}

/**
 * Reads rows and writes those that hold, in one transaction; says what became of the others.
 * @throws Problem auth.scope_missing for members of the operators' tenant who are none: its postings are everybody's
 */
export async function importPostings(ctx: Context<'postings' | 'lexicon'>, input: ImportPostings) {
  const { tenant, roles } = ctx.caller;
  if (tenant === operatorTenant && !roles.includes('operator'))
    throw new Problem('auth.scope_missing', [
      { path: 'scope', message: 'the shared reference needs the role operator' },
    ]);
  const { rows, ...columns } = rowsOf(input);
  const { rejected, unknownSkills, ...told } = await importRows(ctx, rows, input.defaults);
  return {
    ...told,
    rejected: rejected.slice(0, mostRejected),
    unknownSkills: unknownSkills.slice(0, mostUnknown),
    ...columns,
  };
}

/** The same for rows that were numbered by somebody who read a larger file; everything that was found is told. */
export async function importRows(
  ctx: Pick<Context<'postings' | 'lexicon'>, 'postings' | 'lexicon' | 'now'>,
  rows: readonly NumberedRow[],
  defaults: PostingDefaults = {},
) {
  const postings = new Map<string, PostingFacts>();
  const observations = new Map<string, ObservationFacts>();
  const rejected: { row: number; details: readonly Detail[] }[] = [];
  const unknown = new Map<string, number>();
  let withoutOccupation = 0;
  for (const [i, { row, given, fault }] of rows.entries()) {
    if (i % rowsBetweenBreaths === 0) await setImmediate();
    const read = fault
      ? { details: [{ path: '', message: fault }], unknownSkills: [] }
      : readPosting(ctx.lexicon, withDefaults(given, defaults), ctx.now);
    if ('details' in read) rejected.push({ row, details: read.details });
    else if ('observation' in read) observations.set(read.observation.contentHash, read.observation);
    else {
      postings.set(read.posting.contentHash, read.posting);
      if (read.posting.occupations.length === 0) withoutOccupation++;
    }
    if ('unknownSkills' in read) for (const name of read.unknownSkills) unknown.set(name, (unknown.get(name) ?? 0) + 1);
  }
  const facts = { postings: [...postings.values()], observations: [...observations.values()] };
  const distinct = facts.postings.length + facts.observations.length;
  const written =
    distinct > 0
      ? await ctx.postings.write({ ...facts, lexiconVersion: ctx.lexicon.version }, ctx.now)
      : { created: 0, reread: 0, unchanged: 0 };
  return {
    counts: {
      ...written,
      // A row that says what an earlier one said adds nothing either.
      unchanged: written.unchanged + rows.length - rejected.length - distinct,
      rejected: rejected.length,
    },
    rejected,
    unknownSkills: [...unknown]
      .map(([name, times]) => ({ name, times }))
      .sort((a, b) => b.times - a.times || (a.name < b.name ? -1 : 1)),
    withoutOccupation,
  };
}

function rowsOf({ postings = [], csv, delimiter, mapping: wishes = {} }: ImportPostings) {
  if (csv === undefined) return { rows: postings.map((given, i): NumberedRow => ({ row: i + 1, given })) };
  const table = readTable(csv, { delimiter, mostRows: mostPostings, ragged: 'kept' });
  const { mapping, unmapped } = mapColumns(postingColumns, table.columns, wishes);
  const fields = table.columns.map((column) => mapping[column]);
  const rows = table.rows.map(
    ({ line, cells }): NumberedRow => ({
      row: line,
      given: postingOfCells(fields, cells),
      ...(cells.length !== fields.length && { fault: raggedRow(cells.length, fields.length) }),
    }),
  );
  return { rows, mapping, unmapped };
}

export const raggedRow = (cells: number, columns: number) =>
  `has ${cells} columns where the header has ${columns}; quote a cell that holds the delimiter`;

const withDefaults = (given: unknown, defaults: PostingDefaults): unknown => {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  return { ...Object.fromEntries(Object.entries(defaults).filter(([, value]) => value !== undefined)), ...given };
};
