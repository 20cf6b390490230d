import fc from 'fast-check';
import type { AnyEndpoint } from '../src/contract/endpoint.ts';
import type { TenantId } from '../src/contract/ids.ts';
import { registry } from '../src/endpoints/registry.ts';
import { endpointsOf, routeOf } from '../src/projections/routes.ts';
import { expectClear } from './clear-error.ts';
import { ask, type Dialect, dialects, exampleWith, type Json, openWorld, type World } from './harness.ts';
import { openTenantRows, type TenantRows } from './tenant-rows.ts';

const endpoints = endpointsOf(registry);
const both = dialects.flatMap((dialect) => endpoints.map((one) => [one.id, dialect, one] as const));
const posts = both.filter(([, dialect, { route }]) => dialect === 'callable' || route.startsWith('POST'));
const runs = { seed: 20_260_101, numRuns: 10 };

let world: World;
let holderOf: Awaited<ReturnType<World['holders']>>;
let tenant: TenantId;
let rows: TenantRows;

beforeAll(async () => {
  [world, rows] = await Promise.all([openWorld(), openTenantRows()]);
  tenant = await world.tenant('bad-input');
  holderOf = await world.holders(tenant);
});
afterAll(async () => {
  await rows.close();
  await world.close();
});

const exampleOf = (one: AnyEndpoint) =>
  exampleWith(one, {
    email: `${tenant}@example.com`,
    adminEmail: `${tenant}-new@example.com`,
    tenantId: `${tenant}-new`,
    confirm: `${tenant}-new`,
  });

const shown = (input: unknown) => JSON.stringify(input).slice(0, 400);

/** Either an answer or one clear error; never a failure of ours. */
async function expectHandled(dialect: Dialect, one: AnyEndpoint, input: Record<string, unknown>): Promise<void> {
  const { status, error } = await ask(holderOf(one), dialect, one.id, input);
  if (status !== 200) expectClear(status, error, shown(input));
}

/** Places in an input that hold a value which is not a container. */
function leavesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) =>
    leavesOf(inner, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function withAt(value: unknown, path: readonly (string | number)[], replace: (before: unknown) => unknown): Json {
  const [step, ...rest] = path;
  if (step === undefined) return replace(value);
  if (Array.isArray(value)) return value.map((item, i) => (i === step ? withAt(item, rest, replace) : item));
  return { ...(value as object), [step]: withAt((value as Record<string, unknown>)[step], rest, replace) };
}

const nested = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth));
const reserved = (key: string): unknown => JSON.parse(`{"${key}":{"polluted":true}}`);

/** What no field takes, whatever its type. */
const poison = fc.oneof(
  fc.constantFrom('a\0b', '\ud800', 'ok \udfff', '\0').map((value) => ['text that is not text', () => value] as const),
  fc.constantFrom(13, 50, 3_000).map((depth) => [`nesting of ${depth}`, () => nested(depth)] as const),
  fc
    .constantFrom('__proto__', 'constructor', 'prototype')
    .map((key) => [`the key ${key}`, () => reserved(key)] as const),
  fc.constantFrom(null, { a: 1 }, [{}], [[null]]).map((value) => ['another type', () => value] as const),
);

/** In a query everything is text, so that `null` and `{}` are words there. */
const poisonInQuery = fc.constantFrom('a\0b', '\0').map((value) => ['text that is not text', () => value] as const);

const spoiled = (dialect: Dialect, one: AnyEndpoint) =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .tuple(
          fc.constantFrom(...leavesOf(exampleOf(one))),
          dialect === 'rest' && one.route.startsWith('GET') ? poisonInQuery : poison,
        )
        .map(([path, [, make]]) => withAt(exampleOf(one), path, make)),
    },
    {
      weight: 1,
      arbitrary: fc
        .string({ minLength: 1, unit: 'grapheme' })
        .filter((key) => !(key in one.input.shape))
        .map((key) => ({ ...exampleOf(one), [key]: 1 })),
    },
  ) as fc.Arbitrary<Record<string, unknown>>;

describe('whatever an input holds', () => {
  it.each(both)('%s by %s answers any JSON object with a result or one clear error', async (_, dialect, one) => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.jsonValue()), (input) =>
        expectHandled(dialect, one, input),
      ),
      runs,
    );
  });

  it.each(both)('%s by %s takes odd values in its own fields: a result or one clear error', async (_, dialect, one) => {
    const odd = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(
        -1,
        0,
        1e-300,
        1e308,
        2 ** 53,
        'NaN',
        'Infinity',
        '-0',
        '',
        ' ',
        '..',
        '%00',
        'a/b',
        'a:b',
        "'; drop table x; --",
        '\u202e\u0007',
        '🦊'.repeat(50),
      ),
      fc.string({ unit: 'binary', maxLength: 40 }).filter((text) => text.isWellFormed()),
      fc.array(fc.string(), { maxLength: 3 }),
      fc.boolean(),
    );
    const field = fc.constantFrom(...Object.keys(one.input.shape));
    await fc.assert(
      fc.asyncProperty(fc.dictionary(field, odd, { maxKeys: 3 }), fc.boolean(), async (some, whole) => {
        await expectHandled(dialect, one, whole ? { ...exampleOf(one), ...some } : some);
      }),
      runs,
    );
  });

  it.each(both)(
    '%s by %s refuses its own example once spoiled in one place, and writes nothing',
    async (id, dialect, one) => {
      const before = await rows.countsOf(tenant);
      await fc.assert(
        fc.asyncProperty(spoiled(dialect, one), async (input) => {
          const { status, error } = await ask(holderOf(one), dialect, id, input);
          expectClear(status, error, shown(input));
        }),
        runs,
      );
      expect(await rows.countsOf(tenant)).toEqual(before);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    },
  );
});

const numberFields = (one: AnyEndpoint) =>
  Object.keys(one.input.shape).filter(
    (key) => one.input.shape[key]?.safeParse(1).success && !one.input.shape[key]?.safeParse('1').success,
  );

describe('numbers', () => {
  const cases = both.flatMap(([id, dialect, one]) =>
    numberFields(one).map((field) => [id, field, dialect, one] as const),
  );

  it.each(cases)('%s refuses a %s that is huge, broken or text, by %s, naming it', async (id, field, dialect, one) => {
    for (const value of [1e9, -1, 0.5e-9, 2 ** 60, 'NaN', 'Infinity', '1e400', 'ten', '', true, {}]) {
      const { status, error } = await ask(holderOf(one), dialect, id, { ...exampleOf(one), [field]: value });
      // Half a thousand-millionth is a number like another where fractions are allowed.
      if (status === 200 && value === 0.5e-9) continue;
      expectClear(status, error, [field, value]);
      expect(error.details[0].path).toBe(field);
    }
  });

  it.each(posts.filter(([, , one]) => numberFields(one).length > 0))(
    '%s by %s refuses a number beyond all numbers',
    async (id, dialect, one) => {
      const [field = ''] = numberFields(one);
      const body = JSON.stringify({ ...exampleOf(one), [field]: '@' }).replace('"@"', '1e999');
      const { method, path } = routeOf(one);
      const answer = await (dialect === 'rest'
        ? holderOf(one).rest(method, path, body)
        : holderOf(one).call(id, `{"data":${body}}`));
      expectClear(answer.status, dialect === 'rest' ? answer.body : answer.body.error.details, field);
    },
  );
});

describe('ids', () => {
  const withId = both.filter(([, , { input }]) => 'candidateId' in input.shape);

  it.each(withId)('%s by %s refuses an id that could mean something else somewhere', async (id, dialect, one) => {
    const before = await rows.countsOf(tenant);
    for (const candidateId of [
      'a:b:c',
      'tenant:candidate',
      'a/b/c',
      '../../x',
      'a b c',
      'ab',
      'a'.repeat(65),
      'a\nb\nc',
      'ação',
      '*',
      '%2e%2e',
      "a'or'1",
      'a.b.c',
    ]) {
      const { status, error } = await ask(holderOf(one), dialect, id, { ...exampleOf(one), candidateId });
      expectClear(status, error, candidateId);
      expect(error.details[0].path).toBe('candidateId');
    }
    expect(await rows.countsOf(tenant)).toEqual(before);
  });
});
