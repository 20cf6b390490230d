import type { CandidateFacts, LabelledVector, TermVector } from '../../../src/contract/candidate-record.ts';
import type { Decision } from '../../../src/contract/decision.ts';
import type { Embedder } from '../../../src/contract/embedding.ts';
import { Problem } from '../../../src/contract/errors.ts';
import type { CandidateId } from '../../../src/contract/ids.ts';
import type { Lexicon } from '../../../src/contract/lexicon.ts';
import type { AdjacencySource } from '../../../src/domain/search/adjacency.ts';
import { type HybridContext, hybridSearch } from '../../../src/domain/search/hybrid.ts';
import type { HybridQuery } from '../../../src/domain/search/ranking.ts';
import { openLexicon } from '../../../src/platform/lexicon.ts';
import { localEmbedder } from '../../../src/platform/local-embedder.ts';
import type { PoolMember, Retrieval } from '../../../src/stores/retrieval.ts';

let lexicon: Lexicon;
beforeAll(async () => {
  lexicon = await openLexicon();
});

const facts: CandidateFacts = {
  version: 1,
  titles: [],
  functions: [],
  skills: { java: null },
  places: [],
  workModes: [],
  languages: {},
  industries: [],
};
const people = ['ana', 'bia', 'caio', 'davi', 'enzo'] as CandidateId[];
const away = () => Promise.reject(new Problem('database.unavailable'));

const healthy: Retrieval = {
  byVector: async () => ({
    hits: people.slice(0, 4).map((candidateId, i) => ({ candidateId, similarity: 0.9 - i * 0.1 })),
    exact: true,
  }),
  byTerms: async () => ({
    hits: people.slice(1).map((candidateId) => ({ candidateId, score: 3 })),
    pruned: false,
    weighed: { vector: '{1:1}/1000000000', highest: 1 },
  }),
  poolOf: async (ids, { vector, weighed }) =>
    ids.map(
      (candidateId): PoolMember => ({
        candidateId,
        facts,
        revision: 1,
        content: '0123456789abcdef',
        similarity: vector ? 0.5 : null,
        share: weighed ? 0.5 : null,
      }),
    ),
};

/** What was recorded, the latest last. */
const kept: Decision[] = [];

const stored = (candidateId: CandidateId) => ({
  candidateId,
  profile: {
    fullName: candidateId,
    skills: [],
    languages: [],
    industries: [],
    experience: [],
    education: [],
    certifications: [],
    links: [],
    metadata: {},
  },
  contentHash: '',
  revision: 1,
  createdAt: '',
  updatedAt: '',
});

const contextWith = (retrieval: Partial<Retrieval> = {}, embedder: Embedder = localEmbedder) =>
  ({
    retrieval: { ...healthy, ...retrieval },
    candidates: {
      findWithDocuments: async (ids: CandidateId[]) => ({
        candidates: new Map(ids.map((id) => [id, stored(id)])),
        documents: new Map(),
      }),
    },
    embedder,
    lexicon,
    decisions: { codeRevision: 'test', add: async (decision: Decision) => void kept.push(decision) },
    caller: { kind: 'person', actor: 'ana' },
    requestId: 'request-1',
    now: new Date('2026-01-01T00:00:00Z'),
    signal: new AbortController().signal,
  }) as unknown as HybridContext;

const question: HybridQuery = { query: 'Java', limit: 20, offset: 0, roleType: 'default', locale: 'pt-BR' };
const search = (context: HybridContext, more: Partial<HybridQuery> = {}) =>
  hybridSearch(context, 'search.hybrid', { ...question, ...more });
const found = ({ results }: { results: readonly { candidateId: string }[] }) =>
  results.map(({ candidateId }) => candidateId);

describe('a leg that is down', () => {
  it('is declared, and the words answer alone when vectors do not', async () => {
    const answer = await search(contextWith({ byVector: away }));
    expect(answer.degraded).toEqual(['leg.vector']);
    expect(found(answer).sort()).toEqual(['bia', 'caio', 'davi', 'enzo']);
    for (const { signals, legs } of answer.results) {
      expect(signals.map(({ name }) => name)).not.toContain('vectorSimilarity');
      expect(legs.vector).toBeNull();
    }
  });

  it('is declared when it is the embedder that is away', async () => {
    const embedder: Embedder = { ...localEmbedder, embed: () => Promise.reject(new Problem('embedder.unavailable')) };
    const answer = await search(contextWith({}, embedder));
    expect(answer.degraded).toEqual(['leg.vector']);
    expect(found(answer)).toHaveLength(4);
  });

  it('is declared, and vectors answer alone when words do not', async () => {
    const answer = await search(contextWith({ byTerms: away }));
    expect(answer.degraded).toEqual(['leg.lexical']);
    expect(found(answer)).toEqual(['ana', 'bia', 'caio', 'davi']);
    for (const { signals } of answer.results) expect(signals.map(({ name }) => name)).not.toContain('textRelevance');
  });

  it('and the other one too: search.unavailable', async () => {
    await expect(search(contextWith({ byVector: away, byTerms: away }))).rejects.toMatchObject({
      code: 'search.unavailable',
    });
  });

  it('and was the only one asked, of a vector without words: search.unavailable', async () => {
    const embedding = Array.from({ length: 128 }, () => 0.1);
    const answer = search(contextWith({ byVector: away }), { query: undefined, embedding });
    await expect(answer).rejects.toMatchObject({ code: 'search.unavailable' });
  });

  it('by a mistake of ours or the caller’s is an error and never hidden as a degradation', async () => {
    const broken = () => Promise.reject(new TypeError('a bug'));
    await expect(search(contextWith({ byTerms: broken }))).rejects.toThrow(TypeError);
    await expect(search(contextWith(), { embedding: [1, 2, 3, 4, 5, 6, 7, 8] })).rejects.toMatchObject({
      code: 'embedding.model_mismatch',
    });
  });
});

describe('a leg that answered in part', () => {
  it('is declared: an approximate index, words left out at the work limit', async () => {
    const answer = await search(
      contextWith({
        byVector: async (...asked) => ({ ...(await healthy.byVector(...asked)), exact: false }),
        byTerms: async (...asked) => ({ ...(await healthy.byTerms(...asked)), pruned: true }),
      }),
    );
    expect(answer.degraded).toEqual(['vector.approximate', 'lexical.pruned']);
  });

  it('is whole when nothing was left out', async () => {
    expect((await search(contextWith())).degraded).toEqual([]);
  });
});

describe('the order', () => {
  it('is the same whatever page is asked for: pages laid end to end are one big page', async () => {
    const whole = found(await search(contextWith()));
    const pages = await Promise.all([0, 2, 4].map((offset) => search(contextWith(), { offset, limit: 2 })));
    expect(pages.flatMap(found)).toEqual(whole);
    expect(pages.map(({ total }) => total)).toEqual([5, 5, 5]);
    expect(pages.flatMap(({ results }) => results.map(({ rank }) => rank))).toEqual([1, 2, 3, 4, 5]);
  });

  it('leaves out whoever was removed between the legs and the ranking', async () => {
    const poolOf: Retrieval['poolOf'] = async (ids, query) =>
      (await healthy.poolOf(ids, query)).filter(({ candidateId }) => candidateId !== 'bia');
    const answer = await search(contextWith({ poolOf }));
    expect(found(answer)).not.toContain('bia');
    expect(answer.total).toBe(4);
  });

  it('gives equal scores of a leg one rank', async () => {
    const { results } = await search(contextWith());
    expect(new Set(results.filter(({ legs }) => legs.lexical).map(({ legs }) => legs.lexical?.rank))).toEqual(
      new Set([1]),
    );
  });
});

describe('what both legs are asked', () => {
  it('is the same filters, and the same number whatever the limit', async () => {
    const asked: unknown[] = [];
    const context = contextWith({
      byVector: (vector: LabelledVector, filters, limit) => (
        asked.push([filters, limit]), healthy.byVector(vector, filters, limit)
      ),
      byTerms: (terms, filters, limit) => (asked.push([filters, limit]), healthy.byTerms(terms, filters, limit)),
    });
    await search(context, {
      limit: 1,
      filters: { skills: ['JS'], languages: ['en'], minExperienceYears: 0, unknown: 'exclude' },
    });
    const filters = { skills: ['javascript'], languages: ['en'], minYears: 0, unknown: 'exclude' };
    expect(asked).toEqual([
      [filters, 300],
      [filters, 300],
    ]);
  });
});

describe('adjacent skills from beside the lexicon', () => {
  const skillsOf: Record<string, CandidateFacts['skills']> = { ana: { jira: null }, bia: { java: null } };
  const poolOf: Retrieval['poolOf'] = async (ids, query) =>
    (await healthy.poolOf(ids, query)).map((member) => ({
      ...member,
      facts: { ...facts, skills: skillsOf[member.candidateId] ?? {} },
    }));
  const withAdjacency = (adjacency?: AdjacencySource) => ({
    ...contextWith({ poolOf }),
    ...(adjacency && { adjacency }),
  });
  const market: AdjacencySource = {
    adjacentTo: async () => ({
      adjacent: (id) => (id === 'java' ? [{ id: 'jira', weight: 0.7 }] : []),
      market: null,
    }),
  };
  const signal = (answer: Awaited<ReturnType<typeof search>>, id: string, name: string) =>
    answer.results.find(({ candidateId }) => candidateId === id)?.signals.find((one) => one.name === name)?.value;

  it('raise who has them and take nobody out, nor anything from anybody', async () => {
    const [narrow, wide] = await Promise.all([search(withAdjacency()), search(withAdjacency(market))]);
    expect(found(wide).sort()).toEqual(found(narrow).sort());
    expect(wide.total).toBe(narrow.total);
    for (const { candidateId } of narrow.results) {
      expect(signal(wide, candidateId, 'skillsInferred')).toBeGreaterThanOrEqual(
        signal(narrow, candidateId, 'skillsInferred') ?? 0,
      );
      expect(signal(wide, candidateId, 'skillsExact')).toBe(signal(narrow, candidateId, 'skillsExact'));
    }
    expect(signal(narrow, 'ana', 'skillsInferred')).toBeLessThan(0.7);
    expect(signal(wide, 'ana', 'skillsInferred')).toBe(0.7);
    const ana = wide.results.find(({ candidateId }) => candidateId === 'ana');
    expect(ana?.reasons.map(({ kind }) => kind)).toContain('transferableSkill');
  });

  it('never count less than the lexicon’s own pairs, nor more than the skill itself', async () => {
    const low: AdjacencySource = {
      adjacentTo: async () => ({
        adjacent: () => [
          { id: 'kotlin', weight: 0.01 },
          { id: 'jira', weight: 7 },
        ],
        market: null,
      }),
    };
    skillsOf['caio'] = { kotlin: null };
    const answer = await search(withAdjacency(low));
    expect(signal(answer, 'caio', 'skillsInferred')).toBe(
      signal(await search(withAdjacency()), 'caio', 'skillsInferred'),
    );
    expect(signal(answer, 'ana', 'skillsInferred')).toBe(1);
  });

  it('are done without when their source is down, and the answer says so', async () => {
    const answer = await search(withAdjacency({ adjacentTo: away }));
    expect(answer.degraded).toEqual(['skills.adjacency']);
    expect(found(answer)).toEqual(found(await search(withAdjacency())));
  });

  it('are done without when their source keeps everybody waiting, and the answer says so', async () => {
    const answer = await search(withAdjacency({ adjacentTo: () => new Promise(() => {}) }));
    expect([answer.degraded, answer.market]).toEqual([['skills.adjacency'], null]);
    expect(found(answer)).toEqual(found(await search(withAdjacency())));
  });

  it('by a mistake of ours are an error and never hidden as a degradation', async () => {
    const broken = { adjacentTo: () => Promise.reject(new TypeError('a bug')) };
    await expect(search(withAdjacency(broken))).rejects.toThrow(TypeError);
  });
});

describe('what was understood', () => {
  it('points into the field that it was read from', async () => {
    const { understood } = await search(contextWith(), { query: 'Java', jobDescription: 'Requisitos: Kafka' });
    const places = understood.skills.flatMap(({ anyOf }) => anyOf.map(({ id, at }) => [id, at]));
    expect(places).toEqual([
      ['java', { field: 'query', start: 0, end: 4 }],
      ['apache-kafka', { field: 'jobDescription', start: 12, end: 17 }],
    ]);
  });

  it('decides what the legs are asked: a correction takes a skill and its words out', async () => {
    const asked: TermVector[] = [];
    const context = contextWith({
      byTerms: (terms, filters, limit) => (asked.push(terms), healthy.byTerms(terms, filters, limit)),
    });
    await search(context, { query: 'Java Kafka' });
    await search(context, { query: 'Java Kafka', corrections: { ignoredSkills: ['apache-kafka'] } });
    await search(context, { query: 'Java' });
    expect(asked[1]).toEqual(asked[2]);
    expect(asked[0]?.terms.length).toBeGreaterThan(asked[1]?.terms.length ?? 0);
  });
});

describe('the record of a ranking', () => {
  it('is there when the answer is, under the answer’s id: the whole pool, whatever page was asked for', async () => {
    const answer = await search(contextWith(), { limit: 1, offset: 1 });
    const record = kept.at(-1);
    expect([record?.decisionId, record?.people.length]).toEqual([answer.decisionId, 5]);
    expect(record?.people.at(1)).toMatchObject({ candidateId: found(answer)[0], content: '0123456789abcdef' });
    expect(record).toMatchObject({
      kind: 'search.hybrid',
      actor: 'ana',
      requestId: 'request-1',
      madeAt: new Date('2026-01-01T00:00:00Z'),
      question: { query: 'Java', limit: 1, offset: 1 },
      versions: { code: 'test', embedder: localEmbedder.label, marketCountedAt: null },
    });
  });

  const keptBy = (add: () => Promise<void>) =>
    search({ ...contextWith(), decisions: { codeRevision: 'test', add } } as unknown as HybridContext);

  it('that the database does not take leaves the answer without an id, and the answer says so', async () => {
    const answer = await keptBy(away);
    expect([answer.decisionId, answer.degraded]).toEqual([null, ['decision.unrecorded']]);
    expect(found(answer)).toHaveLength(5);
  });

  it('that is not written in time keeps nobody waiting, and the answer says so', async () => {
    const answer = await keptBy(() => new Promise(() => {}));
    expect([answer.decisionId, answer.degraded]).toEqual([null, ['decision.unrecorded']]);
  });

  it('that fails by a mistake of ours is an error', async () => {
    await expect(keptBy(() => Promise.reject(new TypeError('a bug')))).rejects.toThrow(TypeError);
  });
});

it('the example of an answer is what it always was, number by number', async () => {
  const { results, total } = await search(contextWith(), { query: 'Java sênior em Recife', limit: 1, offset: 1 });
  expect(total).toBe(5);
  expect(results).toEqual([
    {
      ...{ candidateId: 'caio', fullName: 'caio', headline: null, location: null, title: null, yearsExperience: null },
      ...{ rank: 2, rrf: 0.032266, score: 0.7255 },
      legs: { lexical: { rank: 1, score: 3 }, vector: { rank: 3, score: 0.7 } },
      missing: [
        { kind: 'seniority', state: 'unknown', subject: 'sênior', text: 'Não informado: sênior' },
        { kind: 'place', state: 'unknown', subject: 'Recife', text: 'Não informado: Recife' },
      ],
      reasons: [{ kind: 'skill', subject: 'Java', text: 'Tem Java' }],
      signals: [
        { name: 'vectorSimilarity', value: 0.5, weight: 0.2745 },
        { name: 'textRelevance', value: 0.5, weight: 0.2745 },
        { name: 'skillsExact', value: 1, weight: 0.3137 },
        { name: 'skillsInferred', value: 1, weight: 0.1373 },
      ],
    },
  ]);
});
