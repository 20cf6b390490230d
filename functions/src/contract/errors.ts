import type { FunctionsErrorCode } from 'firebase-functions/https';
import { catalogue } from './error-catalogue.ts';

export { catalogue };

export type ErrorCode = keyof typeof catalogue;

/** One thing wrong: `path` names the field (`filters.skills[2]`), `message` the remedy. */
export interface Detail {
  readonly path: string;
  readonly message: string;
}

/** The body of every failure, in both dialects. */
export interface ErrorBody {
  readonly code: ErrorCode;
  readonly message: string;
  readonly requestId: string;
  readonly details?: readonly Detail[];
}

/** A failure from the catalogue. Anything else that is thrown becomes `internal`. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ErrorCode;
  readonly details: readonly Detail[] | undefined;
  /** HTTP headers that go with the refusal, in both dialects: when to come back. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the call that was refused first, when the refusal is a repetition. */
  readonly requestId: string | undefined;

  constructor(
    code: ErrorCode,
    details?: readonly Detail[],
    options?: ErrorOptions & { headers?: Readonly<Record<string, string>>; requestId?: string },
  ) {
    super(catalogue[code].message, options);
    this.code = code;
    this.details = details;
    this.headers = options?.headers ?? {};
    this.requestId = options?.requestId;
  }

  get kind(): FunctionsErrorCode {
    return catalogue[this.code].kind;
  }
}
