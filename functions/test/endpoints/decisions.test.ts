import { people } from '../../../scripts/demo/people.ts';
import { DecisionId } from '../../src/contract/decision.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import { type ReplayContext, replayDecision } from '../../src/domain/decisions/replay-decision.ts';
import { openTools } from '../../src/middleware/tools.ts';
import { openLexicon } from '../../src/platform/lexicon.ts';
import { byTests } from '../attribution.ts';
import { ask, dialects, type Json, openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

let world: World;
let rows: TenantRows;
let tenant: TenantId;
let ana: Person;

const marina = {
  fullName: 'Marina Exemplo',
  title: 'Desenvolvedora Backend Sênior',
  skills: [{ name: 'Java' }, { name: 'Kafka' }],
};
const put = async (candidateId: string, profile: object) =>
  expect((await ana.call('candidates.upsert', { candidateId, profile })).status).toBe(200);

beforeAll(async () => {
  [world, rows] = await Promise.all([openWorld(), openTenantRows()]);
  tenant = await world.tenant('decisions');
  ana = await world.person(tenant);
  await put('marina', marina);
  const { status } = await ana.call('candidates.import', { candidates: people('dec', 40, await openLexicon()) });
  expect(status).toBe(200);
});
afterAll(async () => {
  await rows.close();
  await world.close();
});

const answer = async (id: string, input: Record<string, unknown>, who = ana): Promise<Json> => {
  const { status, reply, error } = await ask(who, 'rest', id, input);
  expect({ status, error }).toEqual({ status: 200, error: undefined });
  return reply;
};
const search = (input: Record<string, unknown> = {}) => answer('search.hybrid', { query: 'Java com Kafka', ...input });
const replay = (decisionId: string) => answer('decisions.replay', { decisionId });
const idsOf = ({ people: some }: Json): string[] => some.map((one: Json) => one.candidateId);

describe('decisions.get', () => {
  it('shows what was answered, number by number, and everybody behind the page', async () => {
    const { results, total, decisionId, understood, requestId } = await search({ limit: 3, offset: 2, roleType: 'ic' });
    const record = await answer('decisions.get', { decisionId, limit: 300 });
    expect(record).toMatchObject({ kind: 'search.hybrid', total, understood, answeredRequestId: requestId });
    expect(record.question).toMatchObject({ query: 'Java com Kafka', limit: 3, offset: 2, roleType: 'ic' });
    expect(record.people).toHaveLength(41);
    expect(record.people.map(({ rank }: Json) => rank)).toEqual(Array.from({ length: 41 }, (_, i) => i + 1));
    const told = results.map(({ candidateId, rank, rrf, legs, signals }: Json) => ({
      candidateId,
      rank,
      rrf,
      legs,
      signals,
    }));
    expect(record.people.slice(2, 5)).toMatchObject(told);
    const page = await answer('decisions.get', { decisionId, limit: 2, offset: 1 });
    expect(page.people).toEqual(record.people.slice(1, 3));
  });

  it('holds ids of people and nothing else of them', async () => {
    const { decisionId } = await search({ query: 'desenvolvedora em São Paulo' });
    const [row] = await rows.query('select d::text as text from headhunter.decisions d where decision_id = $1', [
      decisionId,
    ]);
    expect(row.text).toContain('marina');
    expect(row.text).not.toMatch(/Marina|Backend|Exemplo/);
  });

  it('tells a repeated answer by the record of the one it repeats', async () => {
    const [first, second] = [await search({ limit: 7 }), await search({ limit: 7 })];
    expect([second.cacheHit, second.decisionId]).toEqual([true, first.decisionId]);
  });

  it('knows the rankings of search.candidates too', async () => {
    const { decisionId, results } = await answer('search.candidates', { query: 'Java', limit: 5 });
    const record = await answer('decisions.get', { decisionId, limit: 5 });
    expect([record.kind, idsOf(record)]).toEqual(['search.candidates', idsOf({ people: results })]);
  });

  it('is for recruiters, administrators and auditors', async () => {
    const { decisionId } = await search();
    for (const role of ['admin', 'auditor'] as const)
      await answer('decisions.get', { decisionId }, await world.person(tenant, [role]));
  });
});

describe('a record of another tenant', () => {
  it('is to get, replay and explain what one is that exists nowhere: decision.not_found, in the same words', async () => {
    const { decisionId: theirs } = await search();
    const other = await world.tenant('decisions-other');
    const bob = await world.person(other, ['recruiter', 'admin', 'auditor']);
    await bob.call('candidates.upsert', { candidateId: 'marina', profile: marina });
    for (const dialect of dialects) {
      for (const [id, more] of [
        ['decisions.get', {}],
        ['decisions.replay', {}],
        ['search.explain', { candidateId: 'marina' }],
      ] as const) {
        const [their, none] = await Promise.all(
          [theirs, 'dc_nowhere'].map((decisionId) => ask(bob, dialect, id, { decisionId, ...more })),
        );
        expect([id, their?.status, their?.error.code]).toEqual([id, 404, 'decision.not_found']);
        expect({ ...their?.error, requestId: '' }).toEqual({ ...none?.error, requestId: '' });
      }
    }
    expect(await rows.query('select from headhunter.decisions where tenant_id = $1', [other])).toEqual([]);
  });
});

describe('decisions.replay', () => {
  it.each([
    {},
    { query: undefined, jobDescription: 'Requisitos: SQL, Excel\nInglês avançado. 3 a 8 anos de experiência.' },
    { filters: { minExperienceYears: 2, unknown: 'exclude' }, signalWeights: { recency: 1 } },
    { corrections: { preferredSkills: ['java'], ignoredRequirements: ['years'] } },
  ])('says identical while nothing changed: %j', async (input) => {
    const { decisionId } = await search(input);
    expect(await replay(decisionId)).toMatchObject({
      decisionId,
      identical: true,
      versions: [],
      understoodDiffers: false,
      weights: [],
      degraded: null,
      came: { count: 0, people: [] },
      went: { count: 0, people: [] },
      changed: { count: 0, people: [] },
      moved: { count: 0, people: [] },
    });
  });

  it('is not touched by the mere passing of time, and says apart what today’s date changes', async () => {
    const experience = [{ title: 'Dev', start: '2019-01', end: '2024-12', description: 'Java' }];
    await put('rusty', { ...marina, experience });
    const decisionId = DecisionId.parse((await search({ limit: 8 })).decisionId);
    const names = ['decisions', 'retrieval', 'candidates', 'embedder', 'lexicon'] as const;
    const tools = await openTools(names, { tenant, scopes: new Set() }, byTests);
    const now = new Date(Date.now() + 2 * 365 * 86_400_000);
    const ctx = { ...tools, now, signal: new AbortController().signal } as unknown as ReplayContext;
    const { identical, today } = await replayDecision(ctx, decisionId);
    expect(identical).toBe(true);
    const rusty = today.moved.people.find(({ candidateId }) => candidateId === 'rusty');
    expect(rusty?.signals.map(({ name }) => name)).toEqual(['recency']);
  });

  it('names the person whose profile changed, by revision, with the signals that made the difference', async () => {
    await put('paula', { fullName: 'Paula Exemplo', skills: [{ name: 'Java' }, { name: 'Kafka' }] });
    const { decisionId } = await search({ limit: 9 });
    await put('paula', { fullName: 'Paula Exemplo', skills: [{ name: 'Java' }] });
    const told = await replay(decisionId);
    expect([told.identical, told.came.count, told.went.count]).toEqual([false, 0, 0]);
    expect(told.changed).toEqual({ count: 1, people: [{ candidateId: 'paula', revision: { before: 1, after: 2 } }] });
    const moved = told.moved.people.find((one: Json) => one.candidateId === 'paula');
    expect(moved.rank.after).toBeGreaterThan(moved.rank.before);
    expect(moved.signals).toContainEqual({ name: 'skillsExact', before: 1, after: 0.5 });
    expect(told.setHash.before).not.toBe(told.setHash.after);
  });

  it('names who came and who went, and why', async () => {
    await put('leaver', marina);
    const { decisionId } = await search({ limit: 10 });
    expect((await ana.call('candidates.remove', { candidateId: 'leaver' })).status).toBe(200);
    await put('newcomer', marina);
    const { identical, came, went } = await replay(decisionId);
    expect(identical).toBe(false);
    expect(came).toEqual({
      count: 1,
      people: [{ candidateId: 'newcomer', rank: expect.any(Number), revision: 1, because: 'created' }],
    });
    expect(went).toEqual({
      count: 1,
      people: [{ candidateId: 'leaver', rank: expect.any(Number), because: 'removed' }],
    });
  });

  it('names the software that differs, and is identical all the same when the ranking is', async () => {
    const { decisionId } = await search({ limit: 11 });
    const before = process.env['K_REVISION'];
    process.env['K_REVISION'] = 'the-next';
    const told = await replay(decisionId);
    if (before === undefined) delete process.env['K_REVISION'];
    else process.env['K_REVISION'] = before;
    expect(told.identical).toBe(true);
    expect(told.versions).toEqual([{ name: 'code', before: before ?? 'local', after: 'the-next' }]);
  });

  it('says so when the recorded question names what the taxonomy knows no more', async () => {
    const { decisionId } = await search({ corrections: { ignoredSkills: ['java'] } });
    const forgotten = `update headhunter.decisions set question = jsonb_set(question, '{corrections,ignoredSkills,0}', '"no-such"')
      where decision_id = $1`;
    await rows.query(forgotten, [decisionId]);
    const { status, error } = await ask(ana, 'rest', 'decisions.replay', { decisionId });
    expect([status, error.code, error.details[0].path]).toEqual([
      400,
      'decision.not_replayable',
      'corrections.ignoredSkills[0]',
    ]);
  });
});
