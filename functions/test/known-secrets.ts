import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Where the run keeps what its functions logged and which secrets its tests made; set by the global setup. */
const folder = () => process.env['TEST_RUN_FOLDER'];
const worker = process.env['JEST_WORKER_ID'] ?? '0';
const told = new Set<string>();

// Shorter than this, a value is found by chance.
const leastLength = 12;

/** Tells the run that this must not be found in any log line. */
export function tellSecret(name: string, value: string | undefined): void {
  const within = folder();
  if (!within || !value || value.length < leastLength || told.has(value)) return;
  told.add(value);
  appendFileSync(path.join(within, `secrets-${worker}.jsonl`), `${JSON.stringify([name, value])}\n`);
}

/** Keeps a log line for the end of the run. */
export function keepLine(line: string): void {
  const within = folder();
  if (within) appendFileSync(path.join(within, `lines-${worker}.log`), `${line}\n`);
}

/** What was found of the run's secrets in the run's log lines: the secret by its name, and the line without it. */
export function leaksOf(within: string): {
  readonly lines: number;
  readonly secrets: number;
  readonly leaks: string[];
} {
  const read = (prefix: string) =>
    (existsSync(within) ? readdirSync(within) : [])
      .filter((name) => name.startsWith(prefix))
      .flatMap((name) => readFileSync(path.join(within, name), 'utf8').split('\n'))
      .filter((line) => line !== '');
  const secrets = read('secrets-').map((line) => JSON.parse(line) as [string, string]);
  const lines = read('lines-');
  return { lines: lines.length, secrets: secrets.length, leaks: leaksIn(lines, secrets) };
}

/** Every secret that a line holds, as it is or as it looks in JSON, in a URL or in base64. */
export function leaksIn(lines: readonly string[], secrets: readonly (readonly [string, string])[]): string[] {
  const byBeginning = new Map<string, [name: string, form: string][]>();
  for (const [name, value] of secrets) {
    for (const form of formsOf(value)) {
      const beginning = form.slice(0, leastLength);
      byBeginning.set(beginning, [...(byBeginning.get(beginning) ?? []), [name, form]]);
    }
  }
  return lines.flatMap((line) => {
    for (let at = 0; at + leastLength <= line.length; at += 1) {
      const found = byBeginning.get(line.slice(at, at + leastLength))?.find(([, form]) => line.startsWith(form, at));
      if (found) return [`${found[0]} in: ${line.replaceAll(found[1], '[...]').slice(0, 300)}`];
    }
    return [];
  });
}

function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const forms = [value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value)];
  const encoded = [bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url')];
  // The last character of base64 depends on what follows.
  return [...new Set([...forms, ...encoded.map((form) => form.slice(0, -1))])].filter(
    (form) => form.length >= leastLength,
  );
}
