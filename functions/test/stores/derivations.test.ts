import type { Embedder } from '../../src/contract/embedding.ts';
import { Problem } from '../../src/contract/errors.ts';
import { CandidateId, type TenantId } from '../../src/contract/ids.ts';
import { prepareCandidates } from '../../src/domain/candidates/prepare.ts';
import { type RederiveContext, rederiveCandidates } from '../../src/domain/candidates/rederive.ts';
import * as functions from '../../src/index.ts';
import { type Lexicon, openLexicon } from '../../src/platform/lexicon.ts';
import { localEmbedder } from '../../src/platform/local-embedder.ts';
import { openPostgres } from '../../src/platform/runtime-database.ts';
import { bindTenant } from '../../src/platform/tenant-database.ts';
import { candidatesOf, type Written } from '../../src/stores/candidates.ts';
import { derivationsOf } from '../../src/stores/derivations.ts';
import { putTenant } from '../../src/stores/tenants.ts';
import { byTests } from '../attribution.ts';
import { ask, type Json, openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

let world: World;
let rows: TenantRows;
let lexicon: Lexicon;
/** Of the days before Kafka was a skill. */
let older: Lexicon;
beforeAll(async () => {
  [world, rows, lexicon] = await Promise.all([openWorld(), openTenantRows(), openLexicon()]);
  older = { ...lexicon, version: 'older', skills: lexicon.skills.filter(({ id }) => id !== 'apache-kafka') };
});
afterAll(async () => {
  await rows.close();
  await world.close();
});

const profile = (n: number) => ({ fullName: `Pessoa ${n}`, title: 'Engenheira de dados', summary: 'Apache Kafka.' });
const people = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ candidateId: `old-${String(n).padStart(3, '0')}`, profile: profile(n) }));
const never = () => false;
/** Not yet at the first question, before a batch; then it is. */
const afterOneBatch = () => {
  let asked = 0;
  return () => asked++ > 0;
};

const told = async (person: Person, id: string, input: Record<string, unknown>): Promise<Json> => {
  const { status, reply, error } = await ask(person, 'rest', id, input);
  expect({ id, status, error }).toEqual({ id, status: 200, error: undefined });
  return reply;
};
const kafka = async (person: Person): Promise<{ found: string[]; cacheHit: boolean }> => {
  const question = { query: 'engenheira', filters: { skills: ['Kafka'] }, limit: 100 };
  const { results, cacheHit } = await told(person, 'search.hybrid', question);
  return { found: results.map((one: Json) => one.candidateId).sort(), cacheHit };
};

const contextOf = (tenant: TenantId, other: Partial<RederiveContext> = {}): RederiveContext => {
  const database = bindTenant(openPostgres(), tenant, byTests);
  const stores = { candidates: candidatesOf(database), derivations: derivationsOf(database) };
  const signal = AbortSignal.timeout(60_000);
  return { ...stores, embedder: localEmbedder, lexicon, now: new Date(), signal, ...other };
};

/** Writes everybody of `count` as they are, by other software than today's. */
async function writeAgain(tenant: TenantId, count: number, other: Partial<RederiveContext>): Promise<Written[]> {
  const ctx = contextOf(tenant, other);
  const ids = people(count).map(({ candidateId }) => CandidateId.parse(candidateId));
  const { candidates, documents } = await ctx.candidates.findWithDocuments(ids);
  return ctx.candidates.write(await prepareCandidates(ctx, [...candidates.values()], documents), ctx.now);
}

/** A tenant whose people were stored by an older lexicon. */
async function storedLongAgo(name: string, count: number): Promise<{ tenant: TenantId; ana: Person }> {
  const tenant = await world.tenant(name);
  const ana = await world.person(tenant);
  await told(ana, 'candidates.import', { candidates: people(count) });
  await writeAgain(tenant, count, { lexicon: older });
  return { tenant, ana };
}

const peopleIn = (tenant: TenantId) =>
  rows.query(
    `select candidate_id, profile, revision, created_at, updated_at from headhunter.candidates where tenant_id = $1 order by 1`,
    [tenant],
  );
const auditOf = async (tenant: TenantId) =>
  (await rows.query('select body from headhunter.audit_entries where tenant_id = $1 order by seq', [tenant])).map(
    ({ body }) => JSON.parse(body),
  );

describe('every night', () => {
  it('people whom older software read are found as today’s reads them, and nothing else of them changes', async () => {
    const [one, two] = [await storedLongAgo('rederive-a', 3), await storedLongAgo('rederive-b', 2)];
    const expected = [people(3), people(2)].map((some) => some.map(({ candidateId }) => candidateId));
    await kafka(one.ana);
    expect([await kafka(one.ana), await kafka(two.ana)]).toEqual([
      { found: [], cacheHit: true },
      { found: [], cacheHit: false },
    ]);
    const before = [await peopleIn(one.tenant), await peopleIn(two.tenant)];
    await functions.candidatesRederive.run({ scheduleTime: '2026-02-01T05:00:00Z' });
    expect([await kafka(one.ana), await kafka(two.ana)]).toEqual(expected.map((found) => ({ found, cacheHit: false })));
    expect([await peopleIn(one.tenant), await peopleIn(two.tenant)]).toEqual(before);
    expect(await rows.miscountsOf(one.tenant)).toMatchObject({ wrong: 0, people: 0 });
    expect((await auditOf(two.tenant)).at(-1)).toMatchObject({
      actorKind: 'system',
      by: 'candidatesRederive',
      action: 'candidate.rederived',
      subjects: expected[1],
    });
  });

  it('nothing is done to who is up to date', async () => {
    const { tenant } = await storedLongAgo('rederive-twice', 2);
    await functions.candidatesRederive.run({ scheduleTime: '2026-02-01T05:00:00Z' });
    const entries = await auditOf(tenant);
    await functions.candidatesRederive.run({ scheduleTime: '2026-02-02T05:00:00Z' });
    expect(await auditOf(tenant)).toEqual(entries);
    expect(await rederiveCandidates(contextOf(tenant), never)).toEqual({
      done: 0,
      failed: 0,
      firstFailure: null,
      remaining: 0,
      stopped: null,
    });
  });

  it('a tenant that is suspended is left alone', async () => {
    const { tenant } = await storedLongAgo('rederive-suspended', 1);
    const entries = await auditOf(tenant);
    await putTenant(tenant, { name: 'Suspended', status: 'suspended' });
    await functions.candidatesRederive.run({ scheduleTime: '2026-02-01T05:00:00Z' });
    expect(await auditOf(tenant)).toEqual(entries);
  });
});

describe('a run', () => {
  it('that stops in the middle says who remains, and the next goes on with them', async () => {
    const { tenant, ana } = await storedLongAgo('rederive-halves', 130);
    const ctx = contextOf(tenant);
    expect(await rederiveCandidates(ctx, afterOneBatch())).toMatchObject({
      done: 100,
      remaining: 30,
      stopped: 'time is up',
    });
    expect((await kafka(ana)).found).toHaveLength(100);
    expect(await rederiveCandidates(ctx, never)).toMatchObject({ done: 30, remaining: 0, stopped: null });
    expect(await rows.miscountsOf(tenant)).toMatchObject({ wrong: 0, people: 0 });
  });

  it('leaves who is written or removed meanwhile as they were written', async () => {
    const { tenant, ana } = await storedLongAgo('rederive-meanwhile', 5);
    const ctx = contextOf(tenant);
    const derivations: RederiveContext['derivations'] = {
      ...ctx.derivations,
      async renew(...batch) {
        await told(ana, 'candidates.upsert', {
          candidateId: 'old-001',
          profile: { fullName: 'Ana', title: 'Padeira' },
        });
        await told(ana, 'candidates.remove', { candidateId: 'old-002' });
        await told(ana, 'candidates.remove', { candidateId: 'old-004' });
        for (const title of ['Padeira', 'Confeiteira'])
          await told(ana, 'candidates.upsert', { candidateId: 'old-004', profile: { fullName: 'Eva', title } });
        const contentBase64 = Buffer.from('Tear manual em Olinda.').toString('base64');
        await told(ana, 'candidates.upload', { candidateId: 'old-003', fileName: 'cv.txt', contentBase64 });
        return ctx.derivations.renew(...batch);
      },
    };
    expect(await rederiveCandidates({ ...ctx, derivations }, never)).toMatchObject({ done: 1, remaining: 0 });
    const stored = await told(ana, 'candidates.get', { candidateId: 'old-001' });
    expect([stored.profile.title, stored.revision]).toEqual(['Padeira', 3]);
    // Somebody else by now, at the revision that the former had.
    const { results: eva } = await told(ana, 'search.hybrid', { query: 'confeiteira', limit: 1 });
    expect(eva[0].candidateId).toBe('old-004');
    expect((await kafka(ana)).found).toEqual(['old-000', 'old-003']);
    const { results } = await told(ana, 'search.hybrid', { query: 'tear manual em Olinda', limit: 1 });
    expect(results[0].candidateId).toBe('old-003');
    expect(await rows.miscountsOf(tenant)).toMatchObject({ wrong: 0, people: 0 });
  });

  it('and writers of the same people at the same time all get through, and nothing that was written is lost', async () => {
    const { tenant, ana } = await storedLongAgo('rederive-race', 60);
    const again = people(60).map((one, n) => ({ ...one, profile: { ...one.profile, title: `Padeira ${n}` } }));
    const writes = [again.slice(0, 30).toReversed(), again.slice(20, 40)].map((candidates) =>
      told(ana, 'candidates.import', { candidates }),
    );
    const runs = [never, never].map((isTimeUp) => rederiveCandidates(contextOf(tenant), isTimeUp));
    await Promise.all(writes);
    for (const { stopped, failed } of await Promise.all(runs)) expect([stopped, failed]).toEqual([null, 0]);
    expect(await rederiveCandidates(contextOf(tenant), never)).toMatchObject({ remaining: 0 });
    const titles = (await peopleIn(tenant)).map((row) => row.profile.title);
    expect(titles).toEqual(people(60).map(({ profile: { title } }, n) => (n < 40 ? `Padeira ${n}` : title)));
    expect((await kafka(ana)).found).toHaveLength(60);
    expect(await rows.miscountsOf(tenant)).toMatchObject({ wrong: 0, people: 0 });
  });

  it('does the others where somebody’s profile cannot be read, and names who it is', async () => {
    const { tenant, ana } = await storedLongAgo('rederive-broken', 5);
    await rows.query(
      `update headhunter.candidates set profile = profile - 'experience' where tenant_id = $1 and candidate_id = 'old-002'`,
      [tenant],
    );
    const expected = {
      failed: 1,
      firstFailure: { candidateId: 'old-002', error: 'TypeError' },
      remaining: 1,
      stopped: null,
    };
    expect(await rederiveCandidates(contextOf(tenant), never)).toEqual({ ...expected, done: 4 });
    expect(await rederiveCandidates(contextOf(tenant), never)).toEqual({ ...expected, done: 0 });
    expect((await kafka(ana)).found).toEqual(['old-000', 'old-001', 'old-003', 'old-004']);
  });

  it('ends, and says why, where what it needs is away', async () => {
    const { tenant } = await storedLongAgo('rederive-away', 1);
    const embed = () => Promise.reject(new Problem('embedder.unavailable'));
    const told = await rederiveCandidates(contextOf(tenant, { embedder: { ...localEmbedder, embed } }), never);
    expect(told).toMatchObject({ done: 0, failed: 0, remaining: null, stopped: expect.stringContaining('mbed') });
  });
});

describe('a model that was trained anew under its old label', () => {
  const retrained: Embedder = {
    ...localEmbedder,
    version: async () => 'retrained',
    embed: async (inputs) =>
      inputs.map(() => Float32Array.from({ length: localEmbedder.label.dimensions }, (_, i) => (i === 0 ? 1 : 0))),
  };
  const vectors = async (tenant: TenantId) =>
    (
      await rows.query(`select embedding::text as vector from headhunter.embeddings where tenant_id = $1`, [tenant])
    ).map(({ vector }) => vector.slice(0, 6));

  it('has its vectors in the place of the former ones after a run', async () => {
    const { tenant } = await storedLongAgo('rederive-model', 2);
    await rederiveCandidates(contextOf(tenant), never);
    expect(await vectors(tenant)).not.toContain('[1,0,0');
    expect(await rederiveCandidates(contextOf(tenant, { embedder: retrained }), never)).toMatchObject({ done: 2 });
    expect(await vectors(tenant)).toEqual(['[1,0,0', '[1,0,0']);
  });

  it('has them too after a write that changes nothing, which stays one', async () => {
    const { tenant } = await storedLongAgo('rederive-model-write', 1);
    await rederiveCandidates(contextOf(tenant), never);
    const before = await peopleIn(tenant);
    const [written] = await writeAgain(tenant, 1, { embedder: retrained });
    expect(written?.outcome).toBe('unchanged');
    expect(await peopleIn(tenant)).toEqual(before);
    expect(await vectors(tenant)).toEqual(['[1,0,0']);
    const ctx = contextOf(tenant, { embedder: retrained });
    expect(await rederiveCandidates(ctx, never)).toMatchObject({ done: 0, remaining: 0 });
  });
});
