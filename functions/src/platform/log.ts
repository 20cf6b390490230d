import { write } from 'firebase-functions/logger';
import { redacted } from './redaction.ts';

type Severity = 'info' | 'warning' | 'error';
type Fields = Readonly<Record<string, unknown>>;

/** One JSON line for Cloud Logging. Callers pass ids, codes and durations; never names, texts or tokens. A secret that slips in all the same is taken out. */
export function log(severity: Severity, event: string, fields: Fields = {}): void {
  write({
    severity: severity.toUpperCase() as 'INFO' | 'WARNING' | 'ERROR',
    message: event,
    ...withoutSecrets(fields),
  });
}

const deepest = 8;

// The line as a whole is looked through first, since nearly every line is clean.
function withoutSecrets(fields: Fields): Fields {
  try {
    const line = JSON.stringify(fields);
    if (redacted(line) === line) return fields;
  } catch {
    // In a ring, or of a type that JSON does not have: the walk below ends all the same.
  }
  return cleaned(fields, 0) as Fields;
}

function cleaned(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redacted(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value !== 'object' || value === null) return value;
  if (depth > deepest) return '[too deep]';
  if (Array.isArray(value)) return value.map((item) => cleaned(item, depth + 1));
  const entries = Object.entries(value).map(([key, item]) => [redacted(key), cleaned(item, depth + 1)] as const);
  return Object.fromEntries(entries);
}
