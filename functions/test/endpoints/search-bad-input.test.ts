import { openWorld, type Person, type World } from '../harness.ts';

let world: World;
let ana: Person;

beforeAll(async () => {
  world = await openWorld();
  ana = await world.person(await world.tenant('bad-search'));
});
afterAll(() => world.close());

describe('vectors', () => {
  const own = { provider: 'local', model: 'static-2' };
  const put = (embedding: number[]) =>
    ana.rest('POST', '/v1/embeddings/upsert', { candidateId: 'example-1', embedding, ...own });
  beforeAll(() => ana.call('candidates.upsert', { candidateId: 'example-1', profile: { fullName: 'Ana Exemplo' } }));

  it.each([
    ['zeros', Array.from({ length: 128 }, () => 0)],
    ['numbers below all numbers', Array.from({ length: 128 }, () => 5e-324)],
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

  it('that are steep, slight or would be zero once stored are answered: only their direction counts', async () => {
    const steep = Array.from({ length: 128 }, (_, i) => (i === 0 ? 1e4 : 1e-6));
    const slight = Array.from({ length: 128 }, () => 1e-3);
    const tiny = Array.from({ length: 128 }, () => 1e-12);
    for (const embedding of [steep, slight, tiny]) {
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

describe('corrections', () => {
  const search = (corrections: unknown) => ana.rest('POST', '/v1/search/hybrid', { query: 'Java', corrections });

  it.each([
    ['an id that the taxonomy does not know', { requiredSkills: ['java', 'x:nada'] }, 'corrections.requiredSkills[1]'],
    ['a skill in two lists', { requiredSkills: ['java'], ignoredSkills: ['java'] }, 'corrections.ignoredSkills[0]'],
    [
      'more ids than a query can want',
      { preferredSkills: Array.from({ length: 51 }, () => 'java') },
      'corrections.preferredSkills',
    ],
    ['a title by its name', { titles: ['Desenvolvedora'] }, 'corrections.titles[0]'],
    ['a field there is not', { skills: ['java'] }, 'corrections.skills'],
  ])('with %s are refused by name', async (_, corrections, path) => {
    const { status, body } = await search(corrections);
    expect([status, body.code]).toEqual([400, 'input.invalid']);
    expect(body.details.map((detail: { path: string }) => detail.path)).toContain(path);
  });

  it('are answered with what is understood then', async () => {
    const { status, body } = await search({ ignoredSkills: ['java'], preferredSkills: ['apache-kafka'] });
    expect(status).toBe(200);
    expect(body.understood).toMatchObject({
      skills: [{ anyOf: [{ id: 'apache-kafka' }], importance: 'preferred' }],
      ignored: [{ id: 'java', because: 'correction', at: { field: 'query', start: 0, end: 4 } }],
    });
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
