import { isNativeError } from 'node:util/types';
import { type ErrorBody, Problem } from '../contract/errors.ts';
import { log } from '../platform/log.ts';

/** A Problem stays what it is; anything else becomes `internal` with a fixed sentence, its cause in the log. */
export function toProblem(error: unknown, requestId: string): Problem {
  if (error instanceof Problem) {
    if (error.cause) log('warning', 'problem.cause', { requestId, code: error.code, cause: causeOf(error.cause) });
    return error;
  }
  log('error', 'unexpected', { requestId, cause: causeOf(error) });
  return new Problem('internal', undefined, { cause: error });
}

/** What the caller is told. */
export function bodyOf(problem: Problem, requestId: string): ErrorBody {
  const body = { code: problem.code, message: problem.message, requestId: problem.requestId ?? requestId };
  return problem.details ? { ...body, details: problem.details } : body;
}

// Zod's messages and Postgres' details quote values, so the log gets names, codes and stack lines only.
function causeOf(error: unknown): Record<string, unknown> {
  if (!isNativeError(error)) return { name: typeof error };
  const { name, stack, code } = error as Error & { code?: unknown };
  const message = name === 'ZodError' ? 'an answer does not match its contract' : error.message.slice(0, 300);
  return {
    name,
    code,
    message,
    stack: stack
      ?.split('\n')
      .filter((line) => line.startsWith('    at '))
      .slice(0, 8),
  };
}
