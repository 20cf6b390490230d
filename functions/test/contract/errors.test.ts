import { catalogue, type ErrorCode, Problem } from '../../src/contract/errors.ts';
import { bodyOf, toProblem } from '../../src/middleware/error-funnel.ts';
import { statusOf } from '../../src/projections/error-responses.ts';

const codes = Object.keys(catalogue) as ErrorCode[];

describe('the catalogue', () => {
  it.each(codes)('%s is named noun.what_went_wrong, tells what happened, and how to mend it', (code) => {
    expect(code).toMatch(/^(internal|[a-z]+\.[a-z_]+)$/);
    expect(catalogue[code].message).toMatch(/^[A-Z].*\.$/);
    expect(catalogue[code].fix).toMatch(/^[A-Z].*\.$/);
  });

  it.each([
    ['auth.required', 401],
    ['auth.scope_missing', 403],
    ['tenant.inactive', 403],
    ['input.invalid', 400],
    ['candidate.not_found', 404],
    ['embedding.model_mismatch', 400],
    ['search.unavailable', 503],
    ['call.timeout', 504],
    ['internal', 500],
  ] as const)('%s is HTTP %i', (code, status) => {
    expect(statusOf(code)).toBe(status);
  });
});

describe('the error funnel', () => {
  it('tells of a foreign error nothing but a fixed sentence', () => {
    const problem = toProblem(new Error('password=hunter2 of Maria'), 'request-1');
    const body = bodyOf(problem, 'request-1');
    expect(body).toEqual({ code: 'internal', message: catalogue.internal.message, requestId: 'request-1' });
  });

  it.each(['text', null, undefined, 5, {}])('makes internal of whatever else is thrown: %j', (thrown) => {
    expect(toProblem(thrown, 'request-1').code).toBe('internal');
  });

  it('keeps a problem and its details, and never its cause', () => {
    const problem = new Problem('input.invalid', [{ path: 'a', message: 'b' }], { cause: new Error('secret') });
    expect(toProblem(problem, 'request-1')).toBe(problem);
    expect(JSON.stringify(bodyOf(problem, 'request-1'))).not.toContain('secret');
  });
});
