import type { ClientBase, Pool } from 'pg';
import { Problem } from '../contract/errors.ts';
import { traceparentOf } from '../contract/trace.ts';
import { type CallFacts, currentCallFacts } from './call-facts.ts';

export interface Rows<Row> {
  readonly rows: Row[];
  readonly rowCount: number | null;
}

export const ignore = () => {};

/** One statement, counted among the facts of the call it belongs to. @throws Problem `database.unavailable` */
export async function run<Row>(on: Pool | ClientBase, text: string, values?: readonly unknown[]): Promise<Rows<Row>> {
  const facts = currentCallFacts();
  const from = performance.now();
  try {
    const result = await on.query(traced(text, facts), values as unknown[] | undefined).catch(unavailable);
    return { rows: result.rows as Row[], rowCount: result.rowCount };
  } finally {
    if (facts) {
      facts.databaseStatements += 1;
      facts.databaseMs += performance.now() - from;
    }
  }
}

// As sqlcommenter has it: the database's own logs and insights then name the trace. Made of hexadecimal digits only.
const traced = (text: string, facts: CallFacts | undefined) =>
  facts ? `${text} /*traceparent='${traceparentOf(facts.trace)}'*/` : text;

// Class 08 is a lost connection, 28 a login that is refused, 57 an operator's intervention or a statement timeout, 53 exhausted resources, 40 a
// conflict between writers; node's own errors carry E... codes.
export function unavailable(error: Error & { code?: string }): never {
  const code = error.code ?? '';
  const lost =
    /^(08|28|57|53|40|55P03)/.test(code) || /^E[A-Z]+$/.test(code) || /timeout|terminated|ended/i.test(error.message);
  throw lost ? new Problem('database.unavailable', undefined, { cause: error }) : error;
}
