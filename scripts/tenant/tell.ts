import { createInterface } from 'node:readline/promises';
import { table } from '../lib/terminal.ts';

/** Prints what a command found: JSON for programs, a table for people. */
export function tell(
  asJson: boolean,
  value: unknown,
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): void {
  if (asJson) console.log(JSON.stringify(value, null, 2));
  else if (rows.length === 0) console.log('none');
  else console.log(table(headings, rows));
}

/** Prints a text that is kept nowhere; the warning goes where it does not end up in a pipe. */
export function tellOnce(asJson: boolean, secrets: Readonly<Record<string, string | null | undefined>>): void {
  const shown = Object.entries(secrets).filter(([, text]) => text);
  if (shown.length === 0) return;
  console.error('Shown once, and kept nowhere: put it where secrets are kept.');
  if (!asJson) for (const [name, text] of shown) console.log(`${name}: ${text}`);
}

/** The id typed once more, unless it was given beforehand. @throws Error when it is another */
export async function confirmed(id: string, given: string | undefined): Promise<string> {
  const typed = given ?? (await question(`This cannot be undone. Type ${id} to go on: `));
  if (typed !== id) throw new Error(`"${typed}" is not ${id}; nothing was done`);
  return typed;
}

async function question(text: string): Promise<string> {
  if (!process.stdin.isTTY) throw new Error('nobody is there to type the id: give it with the option --yes-erase <id>');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return (await terminal.question(text)).trim();
  } finally {
    terminal.close();
  }
}
