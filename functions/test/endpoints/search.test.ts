import { openWorld, type Person, type World } from '../harness.ts';

let world: World;
let ana: Person;

const backend = {
  fullName: 'Marina Exemplo',
  title: 'Desenvolvedora Backend Sênior',
  location: { city: 'Recife', region: 'PE', country: 'BR' },
  skills: [{ name: 'Java' }, { name: 'Kafka' }],
  languages: [
    { code: 'pt', level: 'native' },
    { code: 'en', level: 'C1' },
  ],
  experience: [
    {
      title: 'Desenvolvedora Backend',
      start: '2019-02',
      current: true,
      description: 'Serviços em Java com Kafka e PostgreSQL.',
    },
  ],
};
const accountant = {
  fullName: 'Paulo Exemplo',
  title: 'Analista Contábil Pleno',
  location: { city: 'Campinas', region: 'SP', country: 'BR' },
  skills: [{ name: 'SPED' }, { name: 'Excel' }],
  experience: [
    {
      title: 'Analista Contábil',
      start: '2021-01',
      end: '2023-12',
      description: 'Apuração de impostos e SPED fiscal.',
    },
  ],
};

beforeAll(async () => {
  world = await openWorld();
  const tenant = await world.tenant('search');
  ana = await world.person(tenant);
  const answer = await ana.rest('POST', '/v1/candidates/import', {
    candidates: [
      { candidateId: 'marina', profile: backend },
      { candidateId: 'paulo', profile: accountant },
    ],
  });
  expect(answer.body.counts).toEqual({ created: 2, updated: 0, unchanged: 0, rejected: 0 });
});
afterAll(() => world.close());

describe('search.hybrid', () => {
  it('puts the person who fits first and quotes their own text', async () => {
    const { status, body } = await ana.rest('POST', '/v1/search/hybrid', {
      query: 'backend Java com Kafka, inglês fluente',
    });
    expect(status).toBe(200);
    expect(body.results[0].candidateId).toBe('marina');
    const kafka = body.results[0].reasons.find((reason: { subject: string }) => reason.subject === 'Apache Kafka');
    expect(kafka.quote.source).toEqual({ field: 'experience[0].description' });
    expect(backend.experience[0]?.description.slice(kafka.quote.start, kafka.quote.end)).toBe(kafka.quote.text);
  });

  it('answers the callable protocol with the same ranking', async () => {
    const input = { query: 'analista contábil com SPED' };
    const [rest, callable] = [await ana.restById('search.hybrid', input), await ana.call('search.hybrid', input)];
    expect(callable.status).toBe(200);
    const ranking = (results: { candidateId: string; score: number }[]) =>
      results.map(({ candidateId, score }) => [candidateId, score]);
    expect(ranking(callable.body.result.results)).toEqual(ranking(rest.body.results));
    expect(rest.body.results[0].candidateId).toBe('paulo');
  });
});
