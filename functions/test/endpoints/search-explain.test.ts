import fc from 'fast-check';
import { people } from '../../../scripts/demo/people.ts';
import { openLexicon } from '../../src/platform/lexicon.ts';
import { ask, type Json, openWorld, type Person, type World } from '../harness.ts';

let world: World;
let ana: Person;
let everybody: string[];

/** Somebody of whom nothing that is often omitted is known. */
const silent = { fullName: 'Sílvia Exemplo', skills: [{ name: 'Python' }] };
const marina = {
  fullName: 'Marina Exemplo',
  title: 'Desenvolvedora Backend Sênior',
  location: { city: 'Recife', region: 'PE', country: 'BR' },
  yearsExperience: 6,
  skills: [{ name: 'Java' }, { name: 'SQL' }],
  languages: [{ code: 'pt', level: 'native' }],
  industries: ['bancos'],
  metadata: { source: 'site' },
};

beforeAll(async () => {
  world = await openWorld();
  ana = await world.person(await world.tenant('explain'));
  const candidates = [
    { candidateId: 'silvia', profile: silent },
    { candidateId: 'marina', profile: marina },
    ...people('exp', 60, await openLexicon()),
  ];
  everybody = candidates.map(({ candidateId }) => candidateId);
  expect((await ana.call('candidates.import', { candidates })).body.result.counts.created).toBe(62);
});
afterAll(() => world.close());

const answer = async (id: string, input: Record<string, unknown>): Promise<Json> => {
  const { status, reply, error } = await ask(ana, 'rest', id, input);
  expect({ status, error }).toEqual({ status: 200, error: undefined });
  return reply;
};
const explain = (candidateId: string, question: Record<string, unknown>) =>
  answer('search.explain', { candidateId, ...question });
const rankIn = async (candidateId: string, question: Record<string, unknown>): Promise<number | undefined> =>
  (await answer('search.hybrid', question)).results.find((one: Json) => one.candidateId === candidateId)?.rank;

const some = <T>(...values: T[]) => fc.subarray(values, { minLength: 1, maxLength: 2 });
const anyFilters = fc.record(
  {
    skills: some('Java', 'python', 'SQL', 'no such skill'),
    locations: some('Recife', 'São Paulo', 'Portugal'),
    countries: some('BR', 'PT'),
    industries: some('bancos', 'varejo'),
    seniorityLevels: some('junior', 'senior', 'manager'),
    minExperienceYears: fc.integer({ min: 0, max: 6 }),
    maxExperienceYears: fc.integer({ min: 6, max: 14 }),
    languages: some('pt', 'en'),
    metadata: fc.constantFrom({ source: 'site' }, { source: 'feira' }),
    unknown: fc.constantFrom('include', 'exclude'),
  },
  { requiredKeys: [] },
);

describe('somebody who is in the answer', () => {
  it('is explained by the rank, legs, signals and reasons that the answer gives', async () => {
    const question = { query: 'Java sênior em Recife', limit: 50 };
    const { results, total } = await answer('search.hybrid', question);
    for (const one of [results[0], results[7], results[49]]) {
      const told = await explain(one.candidateId, question);
      expect(told).toMatchObject({ verdict: 'shown', rank: one.rank, total, score: one.score, signals: one.signals });
      expect(told).toMatchObject({ reasons: one.reasons, missing: one.missing, failedFilters: [], changes: [] });
      expect(told.legs.vector).toMatchObject(one.legs.vector);
    }
  });

  it('is explained from the record of an answer as it was asked', async () => {
    const { results, decisionId } = await answer('search.hybrid', { query: 'Java', limit: 4, offset: 3 });
    const told = await answer('search.explain', { candidateId: results[3].candidateId, decisionId });
    expect(told).toMatchObject({ verdict: 'shown', rank: 7, limit: 7 });
  });
});

describe('a filter', () => {
  it('that search applied is the one that is named: over any filters, both agree on anybody', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilters, fc.nat(61), async (filters, i) => {
        const candidateId = ['silvia', 'marina'][i % 5] ?? everybody[i] ?? '';
        const question = { query: 'profissional', filters, limit: 200 };
        const [told, rank] = [await explain(candidateId, question), await rankIn(candidateId, question)];
        expect([told.rank, told.failedFilters.length > 0]).toEqual([rank ?? null, rank === undefined]);
        // Without those that are named they are in, and with any of them alone they are not.
        const failed: string[] = told.failedFilters.map(({ filter }: Json) => filter);
        const kept = Object.fromEntries(Object.entries(filters).filter(([name]) => !failed.includes(name)));
        expect(await rankIn(candidateId, { ...question, filters: kept })).toBeDefined();
        for (const name of failed) {
          const alone = { [name]: filters[name as keyof typeof filters], unknown: filters.unknown ?? 'include' };
          expect(await rankIn(candidateId, { ...question, filters: alone })).toBeUndefined();
        }
        for (const change of told.changes)
          expect(await rankIn(candidateId, { ...question, ...change.question })).toBe(change.rank);
      }),
      { seed: 20, numRuns: 25 },
    );
  });

  it('is told with what it asks and what is known of the person, and widened just so far', async () => {
    const filters = {
      minExperienceYears: 9,
      seniorityLevels: ['junior'],
      skills: ['JAVA', 'Kafka'],
      languages: ['en'],
    };
    const told = await explain('marina', { query: 'backend', filters, limit: 62 });
    expect(told.verdict).toBe('filteredOut');
    expect(told.failedFilters).toEqual([
      { filter: 'languages', asked: ['en'], has: ['pt'] },
      { filter: 'minExperienceYears', asked: ['9'], has: ['6'] },
      { filter: 'seniorityLevels', asked: ['junior'], has: ['senior'] },
      { filter: 'skills', asked: ['JAVA', 'Kafka'], has: ['JAVA'] },
    ]);
    expect(told.changes[0].edits.map(({ kind, subject }: Json) => `${kind} ${subject}`)).toEqual([
      'filter.dropped languages',
      'filter.widened minExperienceYears',
      'filter.widened seniorityLevels',
      'filter.widened skills',
    ]);
    expect(told.changes[0].question.filters).toEqual({
      minExperienceYears: 6,
      seniorityLevels: ['junior', 'senior'],
      skills: ['JAVA'],
      unknown: 'include',
    });
  });

  it('that only the unknown fails is mended by letting the unknown in, once for all', async () => {
    const filters = { countries: ['BR'], minExperienceYears: 1, unknown: 'exclude' };
    const told = await explain('silvia', { query: 'Python', filters, limit: 62 });
    expect(told.failedFilters).toEqual([
      { filter: 'countries', asked: ['BR'], has: [] },
      { filter: 'minExperienceYears', asked: ['1'], has: [] },
    ]);
    expect(told.changes[0].edits).toEqual([{ kind: 'unknown.included', subject: 'unknown' }]);
  });
});

describe('somebody behind the limit', () => {
  it('is told the smallest changes of the question, and every one of them brings them in', async () => {
    const question = { query: 'Desenvolvedora backend com Go, Kubernetes e Terraform em Curitiba', limit: 3 };
    const told = await explain('marina', question);
    expect(told.verdict).toBe('beyondLimit');
    expect(told.changes.length).toBeGreaterThan(0);
    expect(told.changes[0].edits).toEqual([{ kind: 'limit.raised', subject: String(told.rank) }]);
    for (const { question: changed, rank } of told.changes) {
      expect(rank).toBeLessThanOrEqual(changed.limit + changed.offset);
      expect(await rankIn('marina', { ...question, ...changed })).toBe(rank);
    }
  });

  it('of a page further back is told by the record as on the page or before it, and a page that can be sent', async () => {
    const asked = { query: 'profissional', limit: 2, offset: 58 };
    const { results, decisionId } = await answer('search.hybrid', asked);
    expect(await explain(results[1].candidateId, { decisionId })).toMatchObject({ verdict: 'shown', rank: 60 });
    const last = (await answer('search.hybrid', { ...asked, offset: 61 })).results[0].candidateId;
    const { verdict, changes } = await explain(last, { decisionId });
    expect([verdict, changes[0].question]).toEqual(['beyondLimit', { limit: 62, offset: 0 }]);
  });
});

describe('a leg', () => {
  it('that shares no word with somebody says so, and tells their rank by meaning all the same', async () => {
    const { legs } = await explain('silvia', { query: 'xyzzy contabilidade' });
    expect(legs.lexical).toEqual({ state: 'nothingShared', rank: null, score: null });
    expect(legs.vector).toMatchObject({ state: 'ranked', rank: expect.any(Number) });
  });

  it('that was not asked is not made up', async () => {
    const { reply } = await ask(ana, 'rest', 'embed.generate', { text: 'Python' });
    const { legs } = await explain('silvia', { embedding: reply.embedding });
    expect(legs.lexical).toEqual({ state: 'notAsked', rank: null, score: null });
  });

  it('ranks who is filtered out where they would stand', async () => {
    const question = { query: 'Python', limit: 62 };
    const free = await explain('silvia', question);
    const out = await explain('silvia', { ...question, filters: { industries: ['bancos'] } });
    expect([out.verdict, out.score]).toEqual(['filteredOut', free.score]);
    expect(out.legs.vector.score).toBe(free.legs.vector.score);
    expect(out.legs.vector.rank).toBeLessThanOrEqual(free.legs.vector.rank);
    expect(out.legs.lexical.score).toBe(free.legs.lexical.score);
  });
});

describe('a question for an explanation', () => {
  it.each([
    ['nothing', {}],
    ['a question and a record', { query: 'Java', decisionId: 'dc_x-1' }],
    ['a record and filters', { decisionId: 'dc_x-1', filters: { countries: ['BR'] } }],
  ])('is refused with %s', async (_, input) => {
    const { status, error } = await ask(ana, 'rest', 'search.explain', { candidateId: 'marina', ...input });
    expect([status, error.code]).toEqual([400, 'input.invalid']);
  });

  it('about nobody is candidate.not_found', async () => {
    const { status, error } = await ask(ana, 'rest', 'search.explain', { candidateId: 'nobody', query: 'Java' });
    expect([status, error.code]).toEqual([404, 'candidate.not_found']);
  });

  it('by the record of an answer needs the right to read records', async () => {
    const { decisionId } = await answer('search.hybrid', { query: 'Java', limit: 2 });
    const robot = await world.integrator(await world.tenant('explain-robot'), ['search:read']);
    const { status, error } = await ask(await robot.signIn(), 'rest', 'search.explain', {
      candidateId: 'marina',
      decisionId,
    });
    expect([status, error.code]).toEqual([403, 'auth.scope_missing']);
  });
});
