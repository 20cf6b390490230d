import fc from 'fast-check';
import type { CandidateId, TenantId } from '../../src/contract/ids.ts';
import { Filters, filterKeysOf } from '../../src/domain/search/filters.ts';
import { analyzeQuery } from '../../src/domain/text/analyze.ts';
import { type Recognizer, recognizerOf } from '../../src/domain/text/recognizer.ts';
import { openLexicon } from '../../src/platform/lexicon.ts';
import { localEmbedder } from '../../src/platform/local-embedder.ts';
import { openPostgres } from '../../src/platform/runtime-database.ts';
import { bindTenant } from '../../src/platform/tenant-database.ts';
import { type Retrieval, retrievalOf } from '../../src/stores/retrieval.ts';
import { byTests } from '../attribution.ts';
import { ask, type Json, openWorld, type Person, type World } from '../harness.ts';

interface Fact {
  readonly skills: readonly string[];
  readonly place?: 'Recife' | 'Campinas' | 'Lisboa';
  readonly industries: readonly string[];
  readonly seniority?: string;
  readonly years?: number;
  readonly languages: readonly string[];
  readonly metadata: { readonly source: string; readonly tags: readonly string[] };
}

const levels = ['junior', 'senior', 'manager'];
const skills = ['JavaScript', 'Python', 'Tear manual xyz'];
const industries = ['bancos', 'varejo'];
const locations = {
  Recife: { city: 'Recife', region: 'PE', country: 'BR' },
  Campinas: { city: 'Campinas', region: 'SP', country: 'BR' },
  Lisboa: { city: 'Lisboa', country: 'PT' },
} as const;

/** 72 people who differ in every combination that matters, by counting. */
const everybody = Array.from({ length: 72 }, (_, i): Fact & { id: string } => {
  const place = (['Recife', 'Campinas', 'Lisboa', undefined] as const)[i % 4];
  const seniority = [...levels, undefined][Math.floor(i / 4) % 4];
  return {
    id: `person-${i}`,
    skills: skills.filter((_, at) => (i >> at) & 1),
    ...(place && { place }),
    industries: industries.filter((_, at) => (i >> (at + 1)) & 1),
    ...(seniority && { seniority }),
    ...(i % 5 !== 0 && { years: i % 13 }),
    languages: ['pt', 'en', 'es'].filter((_, at) => (i + at) % 3 !== 0),
    metadata: { source: i % 2 ? 'site' : 'feira', tags: ['a', 'b', 'c'].filter((_, at) => (i >> at) & 1) },
  };
});

// How a filter may be written -> whom it means.
const spellings: Record<string, string> = {
  JS: 'JavaScript',
  javascript: 'JavaScript',
  JAVASCRIPT: 'JavaScript',
  Python: 'Python',
  python: 'Python',
  'tear MANUAL xyz': 'Tear manual xyz',
  'Tear Manual XYZ': 'Tear manual xyz',
};
const placeNames: Record<string, readonly string[]> = {
  Recife: ['Recife'],
  recife: ['Recife'],
  Pernambuco: ['Recife'],
  PE: ['Recife'],
  SP: ['Campinas'],
  'Estado de São Paulo': ['Campinas'],
  'estado de sao paulo': ['Campinas'],
  // The city, in which nobody here lives.
  'São Paulo': [],
  Campinas: ['Campinas'],
  Brasil: ['Recife', 'Campinas'],
  brazil: ['Recife', 'Campinas'],
  Portugal: ['Lisboa'],
  Lisboa: ['Lisboa'],
  Lisbon: ['Lisboa'],
  Xanadu: [],
};
const industryNames: Record<string, string> = {
  bancos: 'bancos',
  BANCOS: 'bancos',
  varejo: 'varejo',
  Varejo: 'varejo',
};

/** The contract of a filter, said once more and without SQL. */
function passes(person: Fact, f: Filters): boolean {
  const lenient = f.unknown !== 'exclude';
  const known = (value: unknown, holds: () => boolean) => (value === undefined ? lenient : holds());
  const country = person.place && locations[person.place].country;
  return (
    (f.skills ?? []).every((name) => person.skills.includes(spellings[name] ?? name)) &&
    (!f.locations?.length || f.locations.some((name) => person.place && placeNames[name]?.includes(person.place))) &&
    (!f.countries?.length || known(country, () => f.countries?.includes(country ?? '') === true)) &&
    (!f.industries?.length || f.industries.some((name) => person.industries.includes(industryNames[name] ?? name))) &&
    (!f.seniorityLevels?.length ||
      known(person.seniority, () => f.seniorityLevels?.includes(person.seniority as never) === true)) &&
    (f.minExperienceYears === undefined ||
      known(person.years, () => (person.years ?? 0) >= (f.minExperienceYears ?? 0))) &&
    (f.maxExperienceYears === undefined ||
      known(person.years, () => (person.years ?? 0) <= (f.maxExperienceYears ?? 0))) &&
    (f.languages ?? []).every((code) => person.languages.includes(code)) &&
    (f.metadata?.['source'] === undefined || f.metadata['source'] === person.metadata.source) &&
    ((f.metadata?.['tags'] ?? []) as string[]).every((tag) => person.metadata.tags.includes(tag))
  );
}

const some = <T>(...values: T[]) => fc.subarray(values, { maxLength: 2 });
const anyFilters = fc.record(
  {
    skills: some(...Object.keys(spellings)),
    locations: some(...Object.keys(placeNames)),
    countries: some('BR', 'PT', 'US'),
    industries: some(...Object.keys(industryNames)),
    seniorityLevels: some(...levels, 'vp'),
    minExperienceYears: fc.integer({ min: 0, max: 6 }),
    maxExperienceYears: fc.integer({ min: 6, max: 14 }),
    languages: some('pt', 'en', 'es', 'de'),
    metadata: fc.record(
      { source: fc.constantFrom('site', 'feira', 'outra'), tags: some('a', 'b', 'c') },
      { requiredKeys: [] },
    ),
    unknown: fc.constantFrom('include', 'exclude'),
  },
  { requiredKeys: [] },
);

let world: World;
let ana: Person;
let retrieval: Retrieval;
let recognizer: Recognizer;

beforeAll(async () => {
  world = await openWorld();
  const tenant: TenantId = await world.tenant('filters');
  ana = await world.person(tenant);
  const candidates = everybody.map(({ id, place, skills: names, languages, years, ...rest }) => ({
    candidateId: id,
    profile: {
      fullName: `Gente ${id}`,
      summary: 'Profissional dedicado.',
      skills: names.map((name) => ({ name })),
      languages: languages.map((code) => ({ code })),
      ...(place && { location: locations[place] }),
      ...(years !== undefined && { yearsExperience: years }),
      ...rest,
    },
  }));
  const { body } = await ana.rest('POST', '/v1/candidates/import', { candidates });
  expect(body.counts).toEqual({ created: 72, updated: 0, unchanged: 0, rejected: 0 });
  retrieval = retrievalOf(bindTenant(openPostgres(), tenant, byTests));
  recognizer = recognizerOf(await openLexicon());
});
afterAll(() => world.close());

const idsOf = (hits: readonly { candidateId: CandidateId }[]) =>
  hits.map(({ candidateId }) => candidateId as string).sort();

describe('filters', () => {
  it('decide in SQL, in the vector leg and in the lexical leg, who is found: exactly those who pass', async () => {
    const [vector] = await localEmbedder.embed([{ text: 'profissional', concepts: [] }], 'query');
    const query = { label: localEmbedder.label, vector: vector as Float32Array };
    await fc.assert(
      fc.asyncProperty(anyFilters, async (input) => {
        const filters = Filters.parse(input);
        const expected = everybody.filter((person) => passes(person, filters)).map(({ id }) => id);
        const keys = filterKeysOf(recognizer, filters);
        expect(idsOf((await retrieval.byVector(query, keys, 300)).hits)).toEqual(expected.toSorted());
        expect(idsOf((await retrieval.byTerms(analyzeQuery('profissional', []), keys, 300)).hits)).toEqual(
          expected.toSorted(),
        );
      }),
      { seed: 11, numRuns: 120 },
    );
  }, 60_000);

  it('hold for every result of a search, and let nobody out who passes', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilters, async (filters) => {
        const { status, reply } = await ask(ana, 'rest', 'search.hybrid', {
          query: 'profissional',
          filters,
          limit: 200,
        });
        expect(status).toBe(200);
        const expected = everybody.filter((person) => passes(person, Filters.parse(filters))).map(({ id }) => id);
        expect(reply.results.map((one: Json) => one.candidateId).sort()).toEqual(expected.toSorted());
        expect(reply.total).toBe(expected.length);
      }),
      { seed: 12, numRuns: 25 },
    );
  }, 60_000);

  it.each(Object.entries(placeNames))('by place take %j in any writing', async (name, means) => {
    const { reply } = await ask(ana, 'rest', 'search.hybrid', {
      query: 'profissional',
      filters: { locations: [name] },
      limit: 200,
    });
    const expected = everybody.filter(({ place }) => place && means.includes(place)).map(({ id }) => id);
    expect(reply.results.map((one: Json) => one.candidateId).sort()).toEqual(expected.toSorted());
  });

  it('that nobody passes give an empty answer, not an error', async () => {
    const { status, reply } = await ask(ana, 'rest', 'search.hybrid', {
      query: 'profissional',
      filters: { skills: ['no such skill'] },
    });
    expect([status, reply.results, reply.total, reply.degraded]).toEqual([200, [], 0, []]);
  });
});
