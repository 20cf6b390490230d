import { people } from '../../../scripts/demo/people.ts';
import { openLexicon } from '../../src/platform/lexicon.ts';
import { ask, type Json, openWorld, type Person, type World } from '../harness.ts';

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
  ana = await world.person(await world.tenant('search'));
  const crowd = people('crowd', 100, await openLexicon());
  const answer = await ana.rest('POST', '/v1/candidates/import', {
    candidates: [{ candidateId: 'marina', profile: backend }, { candidateId: 'paulo', profile: accountant }, ...crowd],
  });
  expect(answer.body.counts).toEqual({ created: 102, updated: 0, unchanged: 0, rejected: 0 });
});
afterAll(() => world.close());

const hybrid = async (input: Record<string, unknown>): Promise<Json> => {
  const { status, reply, error } = await ask(ana, 'rest', 'search.hybrid', input);
  expect({ status, error }).toEqual({ status: 200, error: undefined });
  return reply;
};
const idsOf = (reply: Json): string[] => reply.results.map((one: Json) => one.candidateId);
const ranking = (reply: Json) => reply.results.map((one: Json) => [one.candidateId, one.score, one.rrf, one.legs]);

describe('search.hybrid', () => {
  it('puts the person who fits first and quotes their own text', async () => {
    const reply = await hybrid({ query: 'backend Java com Kafka em Recife, inglês fluente, PostgreSQL' });
    const marina = reply.results.find((one: Json) => one.candidateId === 'marina');
    expect(idsOf(reply).slice(0, 3)).toContain('marina');
    const kafka = marina.reasons.find((reason: { subject: string }) => reason.subject === 'Apache Kafka');
    expect(kafka.quote.source).toEqual({ field: 'experience[0].description' });
    expect(backend.experience[0]?.description.slice(kafka.quote.start, kafka.quote.end)).toBe(kafka.quote.text);
  });

  it('answers the callable protocol with the same ranking', async () => {
    const input = { query: 'analista contábil com SPED' };
    const callable = await ask(ana, 'callable', 'search.hybrid', input);
    expect(ranking(callable.reply)).toEqual(ranking(await hybrid(input)));
    // Four of the crowd have the same trade and skill, and use them now.
    expect(idsOf(callable.reply).slice(0, 5)).toContain('paulo');
  });

  it('finds the same people whatever the accents, the case and the order of fields', async () => {
    const one = await hybrid({ query: 'Analista Contábil com SPED em Campinas', limit: 50 });
    for (const query of ['analista contabil com sped em campinas', 'ANALISTA CONTÁBIL COM SPED EM CAMPINAS']) {
      expect(ranking(await hybrid({ limit: 50, query }))).toEqual(ranking(one));
    }
  });

  it('finds a person by the plural and the other gender of what they wrote', async () => {
    const { results } = await hybrid({ query: 'contábeis', limit: 200 });
    expect(results.find((one: Json) => one.candidateId === 'paulo').legs.lexical).not.toBeNull();
    expect(idsOf(await hybrid({ query: 'desenvolvedor backend Java Kafka PostgreSQL Recife', limit: 5 }))).toContain(
      'marina',
    );
  });

  it('understands English about people who wrote Portuguese', async () => {
    const reply = await hybrid({
      query: 'senior backend developer, Java and Kafka, in Recife, fluent English',
      locale: 'en',
      limit: 10,
    });
    expect(idsOf(reply)).toContain('marina');
    expect(reply.understood).toMatchObject({
      seniority: ['senior'],
      languages: [{ anyOf: [{ code: 'en', level: 'C1' }], importance: 'required' }],
      functions: ['engineering'],
    });
    const marina = reply.results.find((one: Json) => one.candidateId === 'marina');
    expect(marina.reasons.map((reason: Json) => reason.text)).toContain('Has Java');
  });

  it('reads a whole job description: what is required, what is a plus', async () => {
    const jobDescription = [
      'Desenvolvedor(a) Backend Sênior',
      'Responsabilidades: construir serviços.',
      'Requisitos:',
      '- Java',
      '- PostgreSQL',
      'Diferenciais:',
      '- Kafka',
      'Inglês avançado. De 5 a 10 anos de experiência. Trabalho híbrido em Recife.',
    ].join('\n');
    const { understood, ...reply } = await hybrid({ jobDescription, limit: 10 });
    const importance = Object.fromEntries(
      understood.skills.map((skill: Json) => [skill.anyOf[0].label, skill.importance]),
    );
    expect(importance).toMatchObject({ Java: 'required', PostgreSQL: 'required', 'Apache Kafka': 'preferred' });
    expect(understood).toMatchObject({ years: { min: 5, max: 10 }, workModes: ['hybrid'], seniority: ['senior'] });
    expect(idsOf(reply)).toContain('marina');
  });

  it('lays pages end to end into one big page: limit and offset change nothing of the order', async () => {
    const whole = await hybrid({ query: 'analista', limit: 100 });
    const pages = [];
    for (let offset = 0; offset < 100; offset += 20) pages.push(await hybrid({ query: 'analista', limit: 20, offset }));
    expect(pages.flatMap(ranking)).toEqual(ranking(whole));
    expect(pages.flatMap((page) => page.results.map((one: Json) => one.rank))).toEqual(
      Array.from({ length: 100 }, (_, i) => i + 1),
    );
    expect(new Set(pages.map(({ total }) => total))).toEqual(new Set([whole.total]));
    expect(ranking(await hybrid({ query: 'analista', limit: 1 }))).toEqual(ranking(whole).slice(0, 1));
  });

  it.each(['default', 'ic', 'manager', 'executive'])(
    'scores within 0..1 with weights that add up to 1 (%s), and makes nothing up',
    async (roleType) => {
      const queries = [
        'gerente de vendas com inglês',
        'Java',
        'xyzzy',
        'data engineer in Berlin, 5 years, Spark and Airflow',
        'enfermeira em Recife',
      ];
      for (const query of queries) {
        for (const one of (await hybrid({ query, roleType, limit: 100 })).results) {
          expect(one.score).toBeGreaterThanOrEqual(0);
          expect(one.score).toBeLessThanOrEqual(1);
          const total = one.signals.reduce((sum: number, { weight }: Json) => sum + weight, 0);
          expect(Math.abs(total - 1)).toBeLessThan(2e-3);
          const score = one.signals.reduce((sum: number, { weight, value }: Json) => sum + weight * value, 0);
          expect(Math.abs(score - one.score)).toBeLessThan(2e-3);
        }
      }
    },
  );

  it('leaves out a signal that the query gives no ground for', async () => {
    const names = (reply: Json) =>
      new Set(reply.results.flatMap((one: Json) => one.signals.map(({ name }: Json) => name)));
    expect(names(await hybrid({ query: 'xyzzy', limit: 100 }))).toEqual(new Set(['vectorSimilarity', 'textRelevance']));
    const skilled = names(await hybrid({ query: 'com Java', limit: 100 }));
    expect(skilled).toContain('skillsExact');
    for (const absent of ['levelMatch', 'seniorityAlignment', 'requirementsMatch'])
      expect(skilled).not.toContain(absent);
  });

  it('takes a vector in the place of words, of itself the nearest first', async () => {
    const { reply } = await ask(ana, 'rest', 'embed.generate', { text: 'Analista Contábil SPED' });
    const answer = await hybrid({ embedding: reply.embedding, limit: 5 });
    expect(answer.results.every((one: Json) => one.legs.lexical === null && one.legs.vector !== null)).toBe(true);
    expect(answer.degraded).toEqual([]);
    expect(idsOf(answer)).toContain('paulo');
  });

  it('weighs signals as it is told to', async () => {
    const only = await hybrid({
      query: 'Java com Kafka',
      signalWeights: Object.fromEntries(
        [
          'vectorSimilarity',
          'textRelevance',
          'skillsInferred',
          'techStackMatch',
          'recency',
          'specialtyMatch',
          'functionMatch',
        ].map((name) => [name, 0]),
      ),
      limit: 10,
    });
    for (const one of only.results)
      expect(one.signals).toEqual([{ name: 'skillsExact', value: expect.any(Number), weight: 1 }]);
    expect(only.results[0].score).toBe(1);
  });

  it('answers when every weight is nothing', async () => {
    const signalWeights = Object.fromEntries(
      (await hybrid({ query: 'Java' })).results[0].signals.map(({ name }: Json) => [name, 0]),
    );
    for (const one of (await hybrid({ query: 'Java', signalWeights, limit: 100 })).results)
      expect([one.score, one.signals]).toEqual([0, []]);
  });

  it('answers a pool of nobody with nobody', async () => {
    const alone = await world.person(await world.tenant('empty'));
    const { status, reply } = await ask(alone, 'rest', 'search.hybrid', { query: 'Java' });
    expect([status, reply.results, reply.total, reply.degraded]).toEqual([200, [], 0, []]);
  });

  it('gives equal people one rank in each leg, and an order by id', async () => {
    const twins = await world.person(await world.tenant('twins'));
    const candidates = ['zoe', 'ana', 'mia'].map((candidateId) => ({
      candidateId,
      profile: { fullName: 'Igual Exemplo', title: 'Contadora' },
    }));
    await twins.rest('POST', '/v1/candidates/import', { candidates });
    const { reply } = await ask(twins, 'rest', 'search.hybrid', { query: 'contadora' });
    expect(
      reply.results.map((one: Json) => [one.candidateId, one.rank, one.legs.vector.rank, one.legs.lexical.rank]),
    ).toEqual([
      ['ana', 1, 1, 1],
      ['mia', 2, 1, 1],
      ['zoe', 3, 1, 1],
    ]);
  });
});

describe('search.candidates', () => {
  it('tells the same ranking briefly', async () => {
    const input = { query: 'Java com Kafka em Recife', limit: 30 };
    const { reply } = await ask(ana, 'rest', 'search.candidates', input);
    const full = await hybrid(input);
    expect(reply.results.map((one: Json) => [one.candidateId, one.score])).toEqual(
      full.results.map((one: Json) => [one.candidateId, one.score]),
    );
    expect(reply.total).toBe(full.total);
  });
});
