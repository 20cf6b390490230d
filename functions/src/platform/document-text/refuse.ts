import { type ErrorCode, Problem } from '../../contract/errors.ts';

type DocumentCode = Extract<ErrorCode, `document.${string}` | 'call.timeout'>;

/** The Problem for a file that cannot be taken; `message` says why and never quotes the file. */
export const refuse = (code: DocumentCode, message: string, cause?: unknown): Problem =>
  new Problem(code, [{ path: 'content', message }], cause === undefined ? undefined : { cause });
