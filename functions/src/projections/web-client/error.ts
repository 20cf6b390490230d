import type { ErrorCode } from '../../contract/errors.ts';

/** Failures that happen before the service is reached, or after it has answered. */
export type TransportFailure = 'transport.unreachable' | 'transport.timeout' | 'transport.unreadable';

/** One thing wrong: `path` names the field (`filters.skills[2]`). */
export interface FailureDetail {
  readonly path: string;
  readonly message: string;
}

/** Every call of the client fails with this and nothing else; `code` is for programs, `requestId` for reports. */
export class HeadhunterError extends Error {
  override readonly name: string = 'HeadhunterError';
  readonly code: ErrorCode | TransportFailure;
  readonly requestId: string | undefined;
  readonly details: readonly FailureDetail[];

  constructor(
    code: ErrorCode | TransportFailure,
    message: string,
    more: { requestId?: string; details?: readonly FailureDetail[]; cause?: unknown } = {},
  ) {
    super(message, { cause: more.cause });
    this.code = code;
    this.requestId = more.requestId;
    this.details = more.details ?? [];
  }
}

/** The failure a body of the service tells of; undefined when it is not such a body. */
export function failureOf(body: unknown, cause?: unknown): HeadhunterError | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { code, message, requestId, details } = body as Record<string, unknown>;
  if (typeof code !== 'string' || typeof message !== 'string' || typeof requestId !== 'string') return undefined;
  const known = Array.isArray(details) ? (details as FailureDetail[]) : [];
  return new HeadhunterError(code as ErrorCode, message, { requestId, details: known, cause });
}
