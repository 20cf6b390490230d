import fc from 'fast-check';
import { z } from 'zod';
import { refuseUncleanInput } from '../../src/middleware/hygiene.ts';
import { matchRoute } from '../../src/middleware/rest-input.ts';
import { detailsOf, validateInput } from '../../src/middleware/validate.ts';

const refusal = (path: string) =>
  expect.objectContaining({ code: 'input.invalid', details: [{ path, message: expect.any(String) }] });
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);

describe('hygiene', () => {
  it.each([
    ['a NUL byte', { a: { b: ['x\0'] } }, 'a.b[0]'],
    ['a lone surrogate', { a: '\ud83d' }, 'a'],
    ['infinity', { a: Number.POSITIVE_INFINITY }, 'a'],
    ['no number', { a: [Number.NaN] }, 'a[0]'],
    ['a prototype key', JSON.parse('{"a":{"__proto__":1}}'), 'a.__proto__'],
    ['a constructor key', { a: [{ constructor: 1 }] }, 'a[0].constructor'],
    ['a key with a NUL byte', { a: { 'b\0': 1 } }, 'a'],
  ])('refuses %s and says where', (_, input, path) => {
    expect(() => refuseUncleanInput(input)).toThrow(refusal(path));
  });

  it('takes nesting of 12 and refuses 13', () => {
    expect(() => refuseUncleanInput(nested(12))).not.toThrow();
    expect(() => refuseUncleanInput(nested(13))).toThrow(refusal('[0]'.repeat(13)));
  });

  it('refuses more values than it may hold, and nesting of a hundred thousand, without falling over', () => {
    expect(() => refuseUncleanInput(Array.from({ length: 200_001 }, () => 1))).toThrow(
      expect.objectContaining({ code: 'input.invalid' }),
    );
    const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`);
    expect(() => refuseUncleanInput(deep)).toThrow(expect.objectContaining({ code: 'input.invalid' }));
  });

  it('takes any clean JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6, stringUnit: 'grapheme' }), (value) => {
        fc.pre(!/__proto__|constructor|prototype/.test(JSON.stringify(value)));
        expect(() => refuseUncleanInput(value)).not.toThrow();
      }),
      { seed: 7, numRuns: 200 },
    );
  });
});

describe('validation', () => {
  const Schema = z.strictObject({
    list: z.array(z.strictObject({ n: z.number().max(5) })).max(3),
    either: z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.number() })]).optional(),
  });
  const paths = (input: unknown) => detailsOf(Schema.safeParse(input).error ?? { issues: [] }).map(({ path }) => path);

  it('names each field as a reader would', () => {
    expect(paths({ list: [{ n: 9 }, { n: 1, m: 2 }] })).toEqual(['list[0].n', 'list[1].m']);
    expect(paths({ list: [], surplus: 1 })).toEqual(['surplus']);
    expect(paths({ list: [], either: { a: 5 } })).toEqual(['either.a']);
  });

  it('takes an absent body for an empty one, and says at most 20 things', () => {
    expect(() => validateInput(Schema, undefined)).toThrow(expect.objectContaining({ code: 'input.invalid' }));
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`f${i}`, 1]));
    expect(paths({ list: [], ...many })).toHaveLength(20);
  });

  it('echoes no value of the input', () => {
    const secret = { list: [{ n: 'hunter2' }], either: { a: { hunter2: 1 } } };
    const messages = detailsOf(Schema.safeParse(secret).error ?? { issues: [] }).map(({ message }) => message);
    expect(messages.join()).not.toContain('hunter2');
  });
});

describe('a route', () => {
  const match = (method: string, path: string) => matchRoute('GET /v1/candidates/{candidateId}', method, path);

  it('gives its parameters, decoded', () => {
    expect(match('GET', '/v1/candidates/ana')).toEqual({ candidateId: 'ana' });
    expect(match('GET', '/v1/candidates/a%2Fb')).toEqual({ candidateId: 'a/b' });
  });

  it.each([
    ['POST', '/v1/candidates/ana'],
    ['GET', '/v1/candidates'],
    ['GET', '/v1/candidates/ana/'],
    ['GET', '/v1/candidates/ana/x'],
    ['GET', '/v1/candidates/%E0%A4%A'],
    ['GET', '//v1/candidates/ana'],
  ])('is not %s %s', (method, path) => {
    expect(match(method, path)).toBeUndefined();
  });
});
