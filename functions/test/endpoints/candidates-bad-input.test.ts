import fc from 'fast-check';
import { expectClear } from '../clear-error.ts';
import { type Answer, type Json, openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

const runs = { seed: 20_260_101, numRuns: 60 };
const shown = (input: unknown) => JSON.stringify(input).slice(0, 400);

let world: World;
let ana: Person;
let tenant: string;
let rows: TenantRows;

beforeAll(async () => {
  [world, rows] = await Promise.all([openWorld(), openTenantRows()]);
  tenant = await world.tenant('bad-people');
  ana = await world.person(tenant);
});
afterAll(async () => {
  await rows.close();
  await world.close();
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
      runs,
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
      runs,
    );
  });

  it('names the line of a quote that is never closed, and writes nothing', async () => {
    const before = await rows.countsOf(tenant);
    const { status, body } = await send({ csv: 'fullName,title\nAna,Analista\nBia,"Gerente\nCaio,Diretor\n' });
    expect([status, body.code]).toEqual([400, 'csv.malformed']);
    expect(body.details).toEqual([{ path: 'csv.line[3]', message: expect.stringContaining('quote') }]);
    expect(await rows.countsOf(tenant)).toEqual(before);
  });

  it('refuses 501 rows of any kind, and writes none of the 500', async () => {
    const before = await rows.countsOf(tenant);
    const crowd = Array.from({ length: 501 }, (_, i) => ({ profile: { fullName: `Pessoa ${i}` } }));
    const json = await send({ candidates: crowd });
    expect([json.status, json.body.code, json.body.details[0].path]).toEqual([400, 'input.invalid', 'candidates']);
    const resumes = await send({ jsonResumes: crowd.map(({ profile }) => ({ basics: { name: profile.fullName } })) });
    expect([resumes.status, resumes.body.details[0].path]).toEqual([400, 'jsonResumes']);
    const csv = await send({ csv: `fullName\n${crowd.map(({ profile }) => profile.fullName).join('\n')}` });
    expect([csv.status, csv.body.code, csv.body.details[0].path]).toEqual([400, 'input.too_large', 'csv.line[502]']);
    expect(await rows.countsOf(tenant)).toEqual(before);
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
