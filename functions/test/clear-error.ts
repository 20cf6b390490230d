import { catalogue, type ErrorCode } from '../src/contract/errors.ts';
import type { Json } from './harness.ts';

const callersOwn = (Object.keys(catalogue) as ErrorCode[]).filter((code) =>
  ['invalid-argument', 'not-found', 'failed-precondition'].includes(catalogue[code].kind),
);

/** One clear error of the catalogue, with the field where the input is at fault; `context` is shown when it is not. */
export function expectClear(status: number, error: Json, context: unknown): void {
  const ofTooLarge = expect.any(Number);
  expect({ context, status, error }).toEqual({
    context,
    status: error?.code === 'input.too_large' ? ofTooLarge : error?.code?.endsWith('not_found') ? 404 : 400,
    error: expect.objectContaining({
      code: expect.any(String),
      message: expect.any(String),
      requestId: expect.any(String),
    }),
  });
  expect(callersOwn).toContain(error.code);
  const known = ['code', 'message', 'requestId', 'details'];
  expect(Object.keys(error).filter((key) => !known.includes(key))).toEqual([]);
  // A state that stands in the way is told by its code; what is wrong with the input is told by its field.
  if (catalogue[error.code as ErrorCode].kind !== 'invalid-argument' && error.details === undefined) return;
  expect(error.details.length).toBeGreaterThan(0);
  expect(error.details.length).toBeLessThanOrEqual(20);
  for (const detail of error.details)
    expect(detail).toEqual({ path: expect.any(String), message: expect.stringMatching(/\S/) });
}
