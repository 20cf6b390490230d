import { CandidateProfile } from '../../contract/candidate.ts';
import { type Detail, Problem } from '../../contract/errors.ts';
import { CandidateId } from '../../contract/ids.ts';
import type { WriteOutcome } from '../../stores/candidates.ts';
import { fromJsonResume } from './json-resume.ts';
import { newCandidateId } from './new-id.ts';
import type { Draft } from './prepare.ts';
import { readCandidateCsv } from './read-csv.ts';
import { repeatOnConflict } from './repeat-on-conflict.ts';
import { type WriteContext, writeCandidates } from './write.ts';

export const maxRows = 500;

export interface ImportInput {
  readonly candidates?: readonly unknown[] | undefined;
  readonly csv?: string | undefined;
  readonly delimiter?: ',' | ';' | '\t' | undefined;
  readonly mapping?: Record<string, string> | undefined;
  readonly jsonResumes?: readonly unknown[] | undefined;
}

export type RowOutcome =
  | { readonly row: number; readonly outcome: WriteOutcome; readonly candidateId: CandidateId }
  | { readonly row: number; readonly outcome: 'rejected'; readonly details: readonly Detail[] };

interface Row {
  /** Place in the input: position from 1, or the line of a CSV. */
  readonly row: number;
  readonly candidateId: unknown;
  readonly profile: unknown;
  readonly problem?: Problem;
}

/** Writes the rows that hold together, all of them in one transaction, and says of each what became of it. */
export async function importCandidates(ctx: WriteContext, input: ImportInput) {
  const { rows, mapping, unmapped } = readRows(input);
  const seen = new Map<string, number>();
  const drafts: (Draft & { row: number })[] = [];
  const outcomes: RowOutcome[] = [];
  for (const row of rows) {
    const draft = draftOf(row);
    if ('details' in draft) {
      outcomes.push({ row: row.row, outcome: 'rejected', details: draft.details });
      continue;
    }
    const first = seen.get(draft.candidateId);
    if (first !== undefined) {
      const details = [{ path: 'candidateId', message: `is the same as in row ${first}` }];
      outcomes.push({ row: row.row, outcome: 'rejected', details });
      continue;
    }
    seen.set(draft.candidateId, row.row);
    drafts.push({ ...draft, row: row.row });
  }
  const written = drafts.length > 0 ? await repeatOnConflict(() => writeCandidates(ctx, drafts)) : [];
  for (const [i, { candidateId, outcome }] of written.entries())
    outcomes.push({ row: drafts[i]?.row ?? 0, outcome, candidateId });
  outcomes.sort((a, b) => a.row - b.row);
  const count = (outcome: RowOutcome['outcome']) => outcomes.filter((row) => row.outcome === outcome).length;
  return {
    rows: outcomes,
    counts: {
      created: count('created'),
      updated: count('updated'),
      unchanged: count('unchanged'),
      rejected: count('rejected'),
    },
    ...(mapping && { mapping, unmapped }),
  };
}

function readRows(input: ImportInput): { rows: Row[]; mapping?: Record<string, string>; unmapped?: readonly string[] } {
  if (input.csv !== undefined) {
    const { csv, delimiter, mapping } = input;
    const read = readCandidateCsv({ csv, ...(delimiter && { delimiter }), ...(mapping && { mapping }) });
    const rows = read.rows.map(({ line, candidateId, profile }) => ({ row: line, candidateId, profile }));
    return { rows, mapping: read.mapping, unmapped: read.unmapped };
  }
  if (input.jsonResumes) return { rows: input.jsonResumes.map(fromResume) };
  return { rows: (input.candidates ?? []).map(fromObject) };
}

function fromObject(value: unknown, i: number): Row {
  const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
  const surplus = isRecord ? Object.keys(value).filter((key) => key !== 'candidateId' && key !== 'profile') : [];
  const details = isRecord
    ? surplus.map((key) => ({ path: key.slice(0, 100), message: 'is not a field of this contract' }))
    : [{ path: '', message: 'must be an object with `profile` and, if it has one, `candidateId`' }];
  const { candidateId, profile } = isRecord ? (value as { candidateId?: unknown; profile?: unknown }) : {};
  return {
    row: i + 1,
    candidateId,
    profile,
    ...(details.length > 0 && { problem: new Problem('input.invalid', details) }),
  };
}

function fromResume(value: unknown, i: number): Row {
  try {
    return { row: i + 1, candidateId: undefined, profile: fromJsonResume(value) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { row: i + 1, candidateId: undefined, profile: undefined, problem: error };
  }
}

function draftOf({ candidateId, profile, problem }: Row): Draft | { details: readonly Detail[] } {
  if (problem) return { details: problem.details ?? [] };
  const parsed = CandidateProfile.safeParse(profile);
  const id = candidateId === undefined ? undefined : CandidateId.safeParse(candidateId);
  const issues = [
    ...(parsed.error?.issues.map((issue) => ({ path: ['profile', ...issue.path].join('.'), message: issue.message })) ??
      []),
    ...(id?.error?.issues.map((issue) => ({ path: 'candidateId', message: issue.message })) ?? []),
  ];
  if (!parsed.success || id?.success === false) return { details: issues.slice(0, 20) };
  return { candidateId: id?.data ?? newCandidateId(parsed.data), profile: parsed.data };
}
