import { log } from '../platform/log.ts';

/** One log line of something that woke unasked. */
export function report(
  event: string,
  severity: 'info' | 'warning' | 'error',
  fields: Readonly<Record<string, unknown>>,
): void {
  log(severity, event, fields);
}
