import { openWorld, type Person, type World } from '../harness.ts';

let world: World;
let ana: Person;

beforeAll(async () => {
  world = await openWorld();
  ana = await world.person(await world.tenant('bad-search'));
});
afterAll(() => world.close());

describe('vectors', () => {
  const own = { provider: 'local', model: 'hashed-concepts-1' };
  const put = (embedding: number[]) =>
    ana.rest('POST', '/v1/embeddings/upsert', { candidateId: 'example-1', embedding, ...own });
  beforeAll(() => ana.call('candidates.upsert', { candidateId: 'example-1', profile: { fullName: 'Ana Exemplo' } }));

  it.each([
    ['zeros', Array.from({ length: 256 }, () => 0)],
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

  it('that are steep, slight or would be zero once stored are answered: only their direction counts', async () => {
    const steep = Array.from({ length: 256 }, (_, i) => (i === 0 ? 1e4 : 1e-6));
    const slight = Array.from({ length: 256 }, () => 1e-3);
    const tiny = Array.from({ length: 256 }, () => 1e-12);
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
