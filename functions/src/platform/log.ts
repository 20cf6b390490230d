import { write } from 'firebase-functions/logger';

type Severity = 'info' | 'warning' | 'error';

/** One JSON line for Cloud Logging. Callers pass ids, codes and durations; never names, texts or tokens. */
export function log(severity: Severity, event: string, fields: Readonly<Record<string, unknown>> = {}): void {
  write({ severity: severity.toUpperCase() as 'INFO' | 'WARNING' | 'ERROR', message: event, ...fields });
}
