import { appendFileSync } from 'node:fs';
import type { Detail } from '../../functions/src/contract/errors.ts';
import { importRows, type NumberedRow, type PostingDefaults } from '../../functions/src/domain/msgs/import-postings.ts';

type Tools = Parameters<typeof importRows>[0];

export interface ImportRun {
  readonly rows: AsyncIterable<NumberedRow>;
  readonly defaults: PostingDefaults;
  readonly batch: number;
  /** Rows before this one are passed over. */
  readonly fromRow: number;
  /** Every rejected row goes here as a line of JSON. */
  readonly report?: string | undefined;
  onBatch(progress: Progress): void;
}

export interface Progress {
  readonly lastRow: number;
  readonly created: number;
  readonly reread: number;
  readonly unchanged: number;
  readonly rejected: number;
}

export interface RunOutcome extends Progress {
  /** The first 20 rows that were rejected, and how often each remedy was told. */
  readonly examples: readonly { readonly row: number; readonly details: readonly Detail[] }[];
  readonly faults: ReadonlyMap<string, number>;
  readonly unknownSkills: ReadonlyMap<string, number>;
  readonly withoutOccupation: number;
}

const mostExamples = 20;

/** Imports a file's rows batch by batch, each in a transaction of its own, so that an end halfway leaves whole batches. */
export async function importFile(tools: Tools, run: ImportRun): Promise<RunOutcome> {
  const total = { lastRow: 0, created: 0, reread: 0, unchanged: 0, rejected: 0 };
  const examples: RunOutcome['examples'][number][] = [];
  const [faults, unknownSkills] = [new Map<string, number>(), new Map<string, number>()];
  let withoutOccupation = 0;
  const add = (to: Map<string, number>, key: string, times: number) => to.set(key, (to.get(key) ?? 0) + times);
  for await (const batch of batchesOf(run.rows, run)) {
    const outcome = await importRows(tools, batch, run.defaults);
    for (const name of ['created', 'reread', 'unchanged', 'rejected'] as const) total[name] += outcome.counts[name];
    total.lastRow = batch.at(-1)?.row ?? total.lastRow;
    withoutOccupation += outcome.withoutOccupation;
    for (const { name, times } of outcome.unknownSkills) add(unknownSkills, name, times);
    for (const one of outcome.rejected) {
      if (examples.length < mostExamples) examples.push(one);
      if (run.report) appendFileSync(run.report, `${JSON.stringify(one)}\n`);
      for (const { path, message } of one.details) add(faults, [path.replace(/\[\d+\]/, '[]'), message].join(' '), 1);
    }
    run.onBatch(total);
  }
  return { ...total, examples, faults, unknownSkills, withoutOccupation };
}

async function* batchesOf(
  rows: AsyncIterable<NumberedRow>,
  { batch, fromRow }: ImportRun,
): AsyncGenerator<NumberedRow[]> {
  let next: NumberedRow[] = [];
  for await (const row of rows) {
    if (row.row < fromRow) continue;
    next.push(row);
    if (next.length < batch) continue;
    yield next;
    next = [];
  }
  if (next.length > 0) yield next;
}
