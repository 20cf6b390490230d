import { isNativeError } from 'node:util/types';
import { log } from '../platform/log.ts';

/** What one line says of a rotation. */
export interface ToldRotation {
  readonly secret: string;
  readonly outcome: string;
  readonly isOverdue: boolean;
  readonly isStalled: boolean;
  readonly cause: unknown;
}

/** One log line of a rotation. Of what a step threw, name, code and message: never a value, which the log would take out anyway. */
export function reportRotation({ cause, ...health }: ToldRotation): void {
  const isBad = cause !== undefined || health.isOverdue || health.isStalled;
  log(isBad ? 'warning' : 'info', 'secret.rotation', { ...health, ...(cause !== undefined && { cause: told(cause) }) });
}

function told(cause: unknown) {
  if (!isNativeError(cause)) return { name: typeof cause };
  const { name, message, code } = cause as Error & { code?: unknown };
  return { name, code, message: name === 'ZodError' ? 'a value is not of its form' : message.slice(0, 300) };
}
