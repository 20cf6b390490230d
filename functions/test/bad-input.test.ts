import fc from 'fast-check';
import pg from 'pg';
import { documentLimits } from '../src/contract/document.ts';
import type { AnyEndpoint } from '../src/contract/endpoint.ts';
import { catalogue } from '../src/contract/errors.ts';
import { registry } from '../src/endpoints/registry.ts';
import { endpointsOf, routeOf } from '../src/projections/routes.ts';
import { buildPdf } from './fixtures/build-pdf.ts';
import { buildZip, wordParts } from './fixtures/build-zip.ts';
import { type Answer, ask, dialects, type Json, openWorld, type Person, type World } from './harness.ts';

const endpoints = endpointsOf(registry);
const both = dialects.flatMap((dialect) => endpoints.map((one) => [one.id, dialect, one] as const));
const posts = both.filter(([, dialect, { route }]) => dialect === 'callable' || route.startsWith('POST'));
const runs = { seed: 20_260_101, numRuns: 20 };

let world: World;
let ana: Person;
let tenant: string;
let admin: pg.Client;

beforeAll(async () => {
  world = await openWorld();
  tenant = await world.tenant('bad-input');
  ana = await world.person(tenant);
  admin = new pg.Client({ connectionString: process.env['ADMIN_DATABASE_URL'] });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await world.close();
});

const exampleOf = (one: AnyEndpoint) => one.example.input as Record<string, unknown>;

/** Everything of this tenant, so that a half-written call shows. */
async function written(): Promise<unknown> {
  const tables = ['candidates', 'documents', 'candidate_terms', 'term_counts', 'corpora', 'embeddings'];
  const counts = tables.map(
    (table) => `(select count(*)::int from headhunter.${table} where tenant_id = $1) as ${table}`,
  );
  return (await admin.query(`select ${counts.join(', ')}`, [tenant])).rows[0];
}

/** One clear error of the catalogue, with the field where the input is at fault. */
function expectClear(status: number, error: Json, context: unknown): void {
  const codes = Object.keys(catalogue).filter((code) =>
    ['invalid-argument', 'not-found', 'failed-precondition'].includes(catalogue[code as keyof typeof catalogue].kind),
  );
  expect({ context, status, error }).toEqual({
    context,
    status: error?.code === 'input.too_large' ? expect.any(Number) : error?.code?.endsWith('not_found') ? 404 : 400,
    error: expect.objectContaining({
      code: expect.any(String),
      message: expect.any(String),
      requestId: expect.any(String),
    }),
  });
  expect(codes).toContain(error.code);
  expect(Object.keys(error).filter((key) => !['code', 'message', 'requestId', 'details'].includes(key))).toEqual([]);
  if (error.code.endsWith('not_found')) return;
  expect(error.details.length).toBeGreaterThan(0);
  expect(error.details.length).toBeLessThanOrEqual(20);
  for (const detail of error.details)
    expect(detail).toEqual({ path: expect.any(String), message: expect.stringMatching(/\S/) });
}

const shown = (input: unknown) => JSON.stringify(input).slice(0, 400);

/** Either an answer or one clear error; never a failure of ours. */
async function expectHandled(dialect: 'rest' | 'callable', id: string, input: Record<string, unknown>): Promise<void> {
  const { status, error } = await ask(ana, dialect, id, input);
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

const spoiled = (one: AnyEndpoint) =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc
        .tuple(fc.constantFrom(...leavesOf(exampleOf(one))), poison)
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
  it.each(both)('%s by %s answers any JSON object with a result or one clear error', async (id, dialect) => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(fc.string({ unit: 'grapheme', minLength: 1 }), fc.jsonValue()), (input) =>
        expectHandled(dialect, id, input),
      ),
      runs,
    );
  });

  it.each(both)(
    '%s by %s takes odd values in its own fields: a result or one clear error',
    async (id, dialect, one) => {
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
          await expectHandled(dialect, id, whole ? { ...exampleOf(one), ...some } : some);
        }),
        runs,
      );
    },
  );

  it.each(both)(
    '%s by %s refuses its own example once spoiled in one place, and writes nothing',
    async (id, dialect, one) => {
      const before = await written();
      await fc.assert(
        fc.asyncProperty(spoiled(one), async (input) => {
          const { status, error } = await ask(ana, dialect, id, input);
          expectClear(status, error, shown(input));
        }),
        runs,
      );
      expect(await written()).toEqual(before);
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
      const { status, error } = await ask(ana, dialect, id, { ...exampleOf(one), [field]: value });
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
      const answer = await (dialect === 'rest' ? ana.rest(method, path, body) : ana.call(id, `{"data":${body}}`));
      expectClear(answer.status, dialect === 'rest' ? answer.body : answer.body.error.details, field);
    },
  );
});

describe('ids', () => {
  const withId = both.filter(([, , { input }]) => 'candidateId' in input.shape);

  it.each(withId)('%s by %s refuses an id that could mean something else somewhere', async (id, dialect, one) => {
    const before = await written();
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
      const { status, error } = await ask(ana, dialect, id, { ...exampleOf(one), candidateId });
      expectClear(status, error, candidateId);
      expect(error.details[0].path).toBe('candidateId');
    }
    expect(await written()).toEqual(before);
  });
});

describe('bodies', () => {
  const huge = 'x'.repeat(10 * 1_048_576);
  const hasText = (one: AnyEndpoint) =>
    Object.entries(exampleOf(one))
      .filter(([, value]) => typeof value === 'string')
      .map(([key]) => key);

  it.each(posts.filter(([, , one]) => hasText(one).length > 0))(
    '%s by %s refuses 10 MB in one field',
    async (id, dialect, one) => {
      const before = await written();
      const [field = ''] = hasText(one);
      const { status, error } = await ask(ana, dialect, id, { ...exampleOf(one), [field]: huge });
      expectClear(status, error, field);
      expect(JSON.stringify(error).length).toBeLessThan(2_000);
      expect(await written()).toEqual(before);
    },
  );

  const rest = endpoints.filter(({ route }) => route.startsWith('POST')).map((one) => [one.id, one] as const);

  it.each(rest)('%s refuses by REST an empty, cut-off, foreign or list body with one clear error', async (_, one) => {
    const { method, path } = routeOf(one);
    const json = { 'content-type': 'application/json' };
    const sent: [string | undefined, Record<string, string>][] = [
      [undefined, {}],
      ['', json],
      ['[]', json],
      ['[{}]', json],
      ['null', json],
      ['"text"', json],
      ['{"a":', json],
      ['{"a":NaN}', json],
      ["{'a':1}", json],
      ['{}', { 'content-type': 'text/plain' }],
      ['a=b', { 'content-type': 'application/x-www-form-urlencoded' }],
      ['\u0001\u0002', { 'content-type': 'application/octet-stream' }],
    ];
    for (const [body, headers] of sent) {
      const { status, body: error } = await ana.rest(method, path, body, headers);
      expectClear(status, error, [body, headers]);
    }
  });

  it.each(endpoints.map((one) => [one.id] as const))(
    '%s refuses by callable a body that is no call with INVALID_ARGUMENT',
    async (id) => {
      for (const body of ['', '{}', '[]', 'null', '{"data":', '{"data":{},"more":1}', '{"datum":{}}']) {
        const { status, body: told } = await ana.call(id, body);
        expect([status, told.error?.status ?? told.code]).toEqual([
          400,
          expect.stringMatching(/INVALID_ARGUMENT|input\.invalid/),
        ]);
      }
      for (const data of ['text', 5, true, [], [{}]]) {
        const { status, body: told } = await ana.call(id, JSON.stringify({ data }));
        expectClear(status, told.error.details, data);
      }
    },
  );

  it('a body over the host’s limit is refused as input.too_large', async () => {
    const { status, body } = await ana.rest('POST', '/v1/search/hybrid', `{"query":"${'x'.repeat(33 * 1_048_576)}"}`);
    expect([status, body.code]).toEqual([413, 'input.too_large']);
  });
});

describe('candidates.import', () => {
  const send = (input: Record<string, unknown>) => ana.rest('POST', '/v1/candidates/import', input);
  const refusedRows = (answer: Answer) => answer.body.rows.filter((row: Json) => row.outcome === 'rejected');

  it('gives each of any rows an outcome of its own, a refused one with the field', async () => {
    const row = fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.record({
        candidateId: fc.oneof(fc.constant(undefined), fc.jsonValue({ maxDepth: 1 })),
        profile: fc.jsonValue({ maxDepth: 4 }),
      }),
      fc.record({
        profile: fc.record({
          fullName: fc.string({ unit: 'grapheme' }),
          yearsExperience: fc.double({ noNaN: true }),
          skills: fc.jsonValue({ maxDepth: 2 }),
        }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 6 }), fc.boolean(), async (rows, asResume) => {
        const answer = await send(asResume ? { jsonResumes: rows } : { candidates: rows });
        if (answer.status !== 200) return expectClear(answer.status, answer.body, shown(rows));
        expect(answer.body.rows.map((one: Json) => one.row)).toEqual(rows.map((_, i) => i + 1));
        for (const { details } of refusedRows(answer))
          expect(details[0]).toEqual({ path: expect.any(String), message: expect.any(String) });
      }),
      { ...runs, numRuns: 60 },
    );
  });

  it('reads any text as CSV: rows, or one clear error', async () => {
    const csv = fc
      .array(
        fc.constantFrom(
          'fullName',
          'email',
          '"',
          ',',
          ';',
          '\n',
          '\r\n',
          '\t',
          'Ana',
          '"a""b"',
          '=1+1',
          'ação',
          ' ',
          '\ufeff',
        ),
        { minLength: 1, maxLength: 25 },
      )
      .map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(csv, async (text) => {
        const answer = await send({ csv: text });
        if (answer.status !== 200) expectClear(answer.status, answer.body, text);
      }),
      { ...runs, numRuns: 60 },
    );
  });

  it('names the line of a quote that is never closed, and writes nothing', async () => {
    const before = await written();
    const { status, body } = await send({ csv: 'fullName,title\nAna,Analista\nBia,"Gerente\nCaio,Diretor\n' });
    expect([status, body.code]).toEqual([400, 'csv.malformed']);
    expect(body.details).toEqual([{ path: 'csv.line[3]', message: expect.stringContaining('quote') }]);
    expect(await written()).toEqual(before);
  });

  it('refuses 501 rows of any kind, and writes none of the 500', async () => {
    const before = await written();
    const rows = Array.from({ length: 501 }, (_, i) => ({ profile: { fullName: `Pessoa ${i}` } }));
    const json = await send({ candidates: rows });
    expect([json.status, json.body.code, json.body.details[0].path]).toEqual([400, 'input.invalid', 'candidates']);
    const resumes = await send({ jsonResumes: rows.map(({ profile }) => ({ basics: { name: profile.fullName } })) });
    expect([resumes.status, resumes.body.details[0].path]).toEqual([400, 'jsonResumes']);
    const csv = await send({ csv: `fullName\n${rows.map(({ profile }) => profile.fullName).join('\n')}` });
    expect([csv.status, csv.body.code, csv.body.details[0].path]).toEqual([400, 'input.too_large', 'csv.line[502]']);
    expect(await written()).toEqual(before);
  });

  it('refuses a mapping to an unknown field, and of an unknown column, naming each', async () => {
    const csv = 'Nome,Salário\nAna,10\n';
    const unknown = await send({ csv, mapping: { Nome: 'fullName', Salário: 'salary' } });
    expect([unknown.status, unknown.body.code, unknown.body.details[0].path]).toEqual([
      400,
      'input.invalid',
      'mapping.Salário',
    ]);
    const missing = await send({ csv, mapping: { Nome: 'fullName', Idade: 'metadata.age' } });
    expect([missing.status, missing.body.details[0].path]).toEqual([400, 'mapping.Idade']);
  });

  it('refuses none and two sources at once, and a mapping without csv', async () => {
    for (const input of [
      {},
      { csv: 'fullName\nAna', candidates: [{}] },
      { jsonResumes: [{}], mapping: { a: 'title' } },
    ]) {
      const { status, body } = await send(input);
      expectClear(status, body, input);
    }
  });
});

describe('candidates.upsert', () => {
  const upsert = (profile: Record<string, unknown>) =>
    ana.rest('POST', '/v1/candidates', { profile: { fullName: 'Ana', ...profile } });

  it.each([
    ['years of next to nothing', { yearsExperience: 1e-300 }],
    ['metadata of extreme numbers', { metadata: { a: 1e308, b: 1e-308, c: -0 } }],
    [
      'text of signs only',
      { title: '!!!', skills: [{ name: '++' }, { name: '—' }], industries: ['?'], location: { city: '…' } },
    ],
    ['right-to-left marks and control characters', { summary: '\u202eabc\u0007\u001b[31m' }],
  ])('takes %s', async (_, profile) => {
    const { status, body } = await upsert(profile);
    expect({ status, code: body.code }).toEqual({ status: 200, code: undefined });
  });

  it('takes a profile of the longest texts with more distinct words than a vector may hold', async () => {
    const words = (job: number) => Array.from({ length: 800 }, (_, i) => `w${(job * 800 + i).toString(36)}`).join(' ');
    const experience = Array.from({ length: 40 }, (_, job) => ({ title: `Cargo ${job}`, description: words(job) }));
    const { status, body } = await upsert({ experience });
    expect({ status, code: body.code }).toEqual({ status: 200, code: undefined });
  });

  it.each([
    ['an unknown field deep inside', { experience: [{ title: 'x', salary: 1 }] }, 'profile.experience[0].salary'],
    ['a month that is none', { experience: [{ title: 'x', start: '2020-13' }] }, 'profile.experience[0].start'],
    ['a link that is a script', { links: ['javascript:alert(1)'] }, 'profile.links[0]'],
    ['a country by name', { location: { country: 'Brasil' } }, 'profile.location.country'],
    ['201 skills', { skills: Array.from({ length: 201 }, (_, i) => ({ name: `s${i}` })) }, 'profile.skills'],
    [
      '51 metadata keys',
      { metadata: Object.fromEntries(Array.from({ length: 51 }, (_, i) => [`k${i}`, 1])) },
      'profile.metadata',
    ],
    ['a metadata key that is no name', { metadata: { 'a.b': 1 } }, 'profile.metadata.a.b'],
  ])('refuses %s and names it', async (_, profile, path) => {
    const { status, body } = await upsert(profile);
    expect([status, body.code, body.details[0].path]).toEqual([400, 'input.invalid', path]);
  });
});

describe('candidates.upload', () => {
  const upload = (bytes: Uint8Array | string, fileName: string) =>
    ana.rest('POST', '/v1/candidates/upload', {
      fileName,
      contentBase64: typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('base64'),
    });
  const pdf = buildPdf({ pages: [[{ x: 50, y: 700, text: 'Ana Exemplo' }]] });
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const bomb = { name: 'word/media/image1.bin', data: Buffer.alloc(60 * 1_048_576) };

  it.each([
    [
      'an encrypted PDF',
      'document.encrypted',
      buildPdf({ pages: [[{ x: 50, y: 700, text: 'segredo' }]], password: 'abc' }),
      'cv.pdf',
    ],
    ['a truncated PDF', 'document.unreadable', pdf.subarray(0, Math.floor(pdf.length / 2)), 'cv.pdf'],
    ['a zip bomb named DOCX', 'document.too_large', buildZip([...wordParts('olá'), bomb]), 'cv.docx'],
    ['a PNG named PDF', 'document.unsupported', png, 'cv.pdf'],
    ['another zip named DOCX', 'document.unsupported', buildZip([{ name: 'a.txt', data: 'a' }]), 'cv.docx'],
    ['a text of nothing', 'document.empty', Buffer.from(' \n\t\n'), 'cv.txt'],
  ] as const)('refuses %s with %s, and writes nothing', async (_, code, bytes, fileName) => {
    const before = await written();
    const { status, body } = await upload(bytes, fileName);
    expect([status, body.code]).toEqual([400, code]);
    expect(body.details[0]).toEqual({ path: expect.stringMatching(/content/), message: expect.any(String) });
    expect(await written()).toEqual(before);
  });

  it('refuses a file of 10 MB and one byte, and takes no notice of its name', async () => {
    const before = await written();
    const { status, body } = await upload(Buffer.alloc(documentLimits.fileBytes + 1, 'a'), 'cv.txt');
    expect([status, body.code]).toEqual([400, 'document.too_large']);
    expect(await written()).toEqual(before);
  });

  it.each(['YWJj*', 'YWJ', 'YW Jj', 'YWJj\n', 'YW-_', '===='])('refuses %j, which is not base64', async (content) => {
    const { status, body } = await upload(content, 'cv.txt');
    expect([status, body.code, body.details[0].path]).toEqual([400, 'input.invalid', 'contentBase64']);
  });

  it('keeps a text with more distinct words than a vector may hold', async () => {
    const text = `Ana Exemplo\n${Array.from({ length: 20_000 }, (_, i) => `palavra${i.toString(36)}`).join(' ')}`;
    const { status, body } = await upload(Buffer.from(text), 'cv.txt');
    expect({ status, code: body.code }).toEqual({ status: 200, code: undefined });
  });
});

describe('vectors', () => {
  const own = { provider: 'local', model: 'hashed-concepts-1' };
  const put = (embedding: number[]) =>
    ana.rest('POST', '/v1/embeddings/upsert', { candidateId: 'example-1', embedding, ...own });
  beforeAll(() => ana.call('candidates.upsert', exampleOf(registry.candidates.upsert as unknown as AnyEndpoint)));

  it.each([
    ['zeros', Array.from({ length: 256 }, () => 0)],
    ['numbers that are zero once stored', Array.from({ length: 256 }, () => 1e-12)],
    ['numbers below all numbers', Array.from({ length: 256 }, () => 5e-324)],
  ])('of %s are refused wherever a vector is taken: such a vector compares with nothing', async (_, embedding) => {
    const answers = [
      await put(embedding),
      await ana.rest('POST', '/v1/embeddings/query', { embedding }),
      await ana.rest('POST', '/v1/search/hybrid', { embedding }),
    ];
    for (const { status, body } of answers) {
      expect([status, body.code]).toEqual([400, 'input.invalid']);
      expect(body.details[0].path).toMatch(/^embedding/);
    }
  });

  it('that are steep or slight are answered', async () => {
    const steep = Array.from({ length: 256 }, (_, i) => (i === 0 ? 1e4 : 1e-6));
    const slight = Array.from({ length: 256 }, () => 1e-3);
    for (const embedding of [steep, slight]) {
      for (const path of ['/v1/embeddings/query', '/v1/search/hybrid']) {
        expect((await ana.rest('POST', path, { embedding })).status).toBe(200);
      }
    }
  });

  it('of another length are refused with embedding.model_mismatch', async () => {
    const embedding = Array.from({ length: 768 }, () => 0.1);
    for (const path of ['/v1/embeddings/query', '/v1/search/hybrid']) {
      const { status, body } = await ana.rest('POST', path, { embedding });
      expect([status, body.code]).toEqual([400, 'embedding.model_mismatch']);
    }
  });
});

describe('search filters', () => {
  const search = (filters: Record<string, unknown>) =>
    ana.rest('POST', '/v1/search/hybrid', { query: 'analista', filters });

  it.each([
    ['years of next to nothing', { minExperienceYears: 1e-300, maxExperienceYears: 60 }],
    [
      'quotes and SQL',
      { skills: ["'; drop table headhunter.candidates; --", '$1', '%s', '\\'], locations: ["São 'Paulo'", '{}'] },
    ],
    ['braces and commas', { industries: ['{a,b}', '"', 'NULL'], metadata: { a: '"}\'', b: [',', '{'] } }],
    ['extreme metadata', { metadata: { a: 1e308, b: 1e-308, c: -0 } }],
  ])('take %s as data', async (_, filters) => {
    const { status, body } = await search(filters);
    expect({ status, code: body.code }).toEqual({ status: 200, code: undefined });
  });

  it('of contradicting years are refused', async () => {
    const { status, body } = await search({ minExperienceYears: 10, maxExperienceYears: 5 });
    expect([status, body.details[0].path]).toEqual([400, 'filters.minExperienceYears']);
  });
});
