import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { TenantId } from '../../src/contract/ids.ts';
import type { PostingFacts } from '../../src/contract/posting.ts';
import { type ExpandSkill, expandSkill } from '../../src/domain/msgs/expand-skill.ts';
import { recountNeighbours } from '../../src/domain/msgs/recount-neighbours.ts';
import { openLexicon } from '../../src/platform/lexicon.ts';
import { operatorDatabase } from '../../src/platform/postgres.ts';
import { closePostgres, openPostgres } from '../../src/platform/runtime-database.ts';
import { bindTenant } from '../../src/platform/tenant-database.ts';
import { marketOf } from '../../src/stores/market.ts';
import { type NeighbourCounts, neighbourCountsOf } from '../../src/stores/neighbour-counts.ts';
import { type Neighbourhoods, neighbourhoodsOf } from '../../src/stores/neighbourhoods.ts';
import { postingsOf } from '../../src/stores/postings.ts';
import { byTests } from '../attribution.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

let rows: TenantRows;
beforeAll(async () => {
  rows = await openTenantRows();
});
afterAll(async () => {
  await rows.close();
  await closePostgres();
});

const newTenant = () => TenantId.parse(`near-${randomBytes(5).toString('hex')}`);
const bind = (tenant: TenantId) => bindTenant(openPostgres(), tenant, byTests);
const now = new Date('2026-02-01T12:00:00Z');
const day = (back: number) => new Date(now.getTime() - back * 86_400_000).toISOString().slice(0, 10);

const skillIds = ['java', 'sql', 'docker', 'apache-kafka', 'python', 'kubernetes', 'git'];
const occupationIds = ['own:backend-engineer', 'own:dba'];
let made = 0;
const posting = (facts: Partial<PostingFacts>): PostingFacts => ({
  contentHash: `p${made++}`,
  title: '',
  postedOn: day(0),
  source: 'gupy',
  country: 'BR',
  region: 'BR-SP',
  industry: '',
  seniority: '',
  ads: 1,
  required: [],
  preferred: [],
  occupations: [],
  years: null,
  ...facts,
});

const load = (tenant: TenantId, postings: readonly PostingFacts[]) =>
  postingsOf(bind(tenant), undefined).write({ postings, observations: [], lexiconVersion: 'v1' }, now);

const recount = async (
  reference: TenantId,
  tenants: readonly TenantId[],
  isTimeUp = () => false,
  changed: Partial<NeighbourCounts> = {},
) => {
  const counts = { ...neighbourCountsOf(operatorDatabase, reference), ...changed };
  const outdated = async () => (await counts.outdated()).filter((one) => tenants.includes(one));
  const told = [];
  for await (const one of recountNeighbours({ ...counts, outdated }, isTimeUp, now, reference)) told.push(one);
  return told;
};

const keptFor = (tenant: TenantId, reference: TenantId) =>
  neighbourhoodsOf(bind(tenant), tenant === reference ? undefined : bind(reference));

/** What `msgs.expand` tells the tenant, or why nothing: from what is kept, or from the rows. */
const expanded = async (tenant: TenantId, reference: TenantId, skillId: string, by: 'what is kept' | 'the rows') => {
  const none: Neighbourhoods = { of: async () => ({ bySkill: new Map(), countedAt: null, isCurrent: false }) };
  const ctx = {
    market: marketOf(bind(tenant), tenant === reference ? undefined : bind(reference)),
    neighbourhoods: by === 'the rows' ? none : keptFor(tenant, reference),
    lexicon: await openLexicon(),
    now,
  };
  const input: ExpandSkill = { skillId, topK: 25, filters: {}, includeRelatedRoles: true, locale: 'en' };
  return expandSkill(ctx, input).then(
    ({ countedAt: _, ...reply }) => reply,
    ({ code, details }) => ({ code, details }),
  );
};

describe('neighbourhoods that were counted', () => {
  const facts = fc.record({
    postedOn: fc.oneof(fc.nat(500), fc.constantFrom(0, 364, 365)).map(day),
    source: fc.constantFrom('gupy', 'vagas', 'catho'),
    ads: fc.integer({ min: 1, max: 4 }),
    required: fc.subarray(skillIds.slice(0, 5)),
    preferred: fc.subarray(skillIds.slice(5)),
    occupations: fc.subarray(occupationIds),
  });
  const market = fc.array(facts, { maxLength: 40 });

  it('tell what the rows tell, of whatever the tenant’s own and the reference hold', async () => {
    await fc.assert(
      fc.asyncProperty(market, market, async (theirs, own) => {
        const [reference, tenant, reader] = [newTenant(), newTenant(), newTenant()];
        await load(reference, theirs.map(posting));
        await load(tenant, own.map(posting));
        await recount(reference, [reference, tenant]);
        for (const who of [reference, tenant, reader]) {
          const kept = await keptFor(who, reference).of(skillIds);
          expect(kept.isCurrent).toBe(true);
          for (const skillId of skillIds)
            expect(await expanded(who, reference, skillId, 'what is kept')).toEqual(
              await expanded(who, reference, skillId, 'the rows'),
            );
        }
      }),
      { numRuns: 8 },
    );
  }, 120_000);

  it('hold both places’ advertisements in the year up to the last one of either', async () => {
    const [reference, tenant] = [newTenant(), newTenant()];
    // A year before the tenant's last day, and the day before that: one is in the window, the other no longer.
    const inside = posting({ postedOn: day(364), ads: 6, required: ['java', 'sql'] });
    const outside = posting({ postedOn: day(365), ads: 60, required: ['java', 'sql'] });
    await load(reference, [inside, outside, posting({ postedOn: day(30), ads: 80, required: ['docker'] })]);
    await load(tenant, [posting({ ads: 4, required: ['java', 'sql'], source: 'vagas' })]);
    await recount(reference, [reference, tenant]);
    const java = (await keptFor(tenant, reference).of(['java'])).bySkill.get('java');
    expect(java).toMatchObject({
      named: 10,
      coverage: { rows: { own: 1, shared: 2 }, ads: 90, from: day(364), to: day(0), sources: ['gupy', 'vagas'] },
      skills: [{ id: 'sql', ads: 10, joint: 10, lastOn: day(0), sources: ['gupy', 'vagas'] }],
    });
  });

  it('are the reference’s until the tenant’s own were counted, and are known to be out of date', async () => {
    const [reference, tenant] = [newTenant(), newTenant()];
    await load(reference, [posting({ ads: 9, required: ['java', 'sql'] }), posting({ ads: 9, required: ['git'] })]);
    await recount(reference, [reference]);
    const kept = keptFor(tenant, reference);
    const java = async () => {
      const { bySkill, isCurrent, countedAt } = await kept.of(['java', 'docker']);
      return [bySkill.get('java')?.coverage.rows, isCurrent, countedAt];
    };
    expect(await java()).toEqual([{ own: 0, shared: 2 }, true, now]);
    await load(tenant, [posting({ required: ['java'] })]);
    expect(await java()).toEqual([{ own: 0, shared: 2 }, false, now]);
    await recount(reference, [tenant]);
    expect(await java()).toEqual([{ own: 1, shared: 2 }, true, now]);
    // What the reference learns puts everybody's out of date, and is in `msgs.expand` at once all the same.
    await load(reference, [posting({ required: ['java'] })]);
    expect(await java()).toEqual([{ own: 1, shared: 2 }, false, now]);
    expect(await expanded(tenant, reference, 'java', 'what is kept')).toMatchObject({
      seedSkill: { support: 11 },
      data: { rows: { own: 1, shared: 3 } },
    });
  });

  it('follow what leaves: a skill that nobody names any more has none', async () => {
    const reference = newTenant();
    await load(reference, [posting({ ads: 9, required: ['java'] }), posting({ ads: 9, required: ['git'] })]);
    await recount(reference, [reference]);
    await rows.query(`delete from headhunter.postings where tenant_id = $1 and required = '{git}'`, [reference]);
    expect((await keptFor(reference, reference).of(skillIds)).isCurrent).toBe(false);
    expect(await recount(reference, [reference])).toEqual([{ tenant: reference, skills: 1, left: null }]);
    expect([...(await keptFor(reference, reference).of(skillIds)).bySkill.keys()]).toEqual(['java']);
  });

  it('of a tenant that is being erased do not come back', async () => {
    const [reference, tenant] = [newTenant(), newTenant()];
    await load(tenant, [posting({ ads: 9, required: ['java', 'sql'] })]);
    await recount(reference, [tenant]);
    const [kept] = await rows.query('select * from headhunter.skill_neighbourhoods where tenant_id = $1 limit 1', [
      tenant,
    ]);
    while ((await rows.query('select headhunter.tenant_erase($1, 1) as n', [tenant]))[0].n > 0);
    await rows.query('select headhunter.neighbourhoods_keep($1, jsonb_build_array($2::jsonb))', [
      tenant,
      JSON.stringify({ ...kept, first_on: day(0), last_on: day(0) }),
    ]);
    expect(Object.values(await rows.countsOf(tenant)).filter((held) => held > 0)).toEqual([]);
  });
});

describe('a recount of neighbourhoods', () => {
  it('counts the reference first, then who waits longest, and nobody twice without need', async () => {
    const [reference, first, second] = [newTenant(), newTenant(), newTenant()];
    for (const tenant of [second, first, reference]) await load(tenant, [posting({ required: ['java'] })]);
    await recount(reference, [second]);
    await load(reference, [posting({ required: ['java'] })]);
    const told = await recount(reference, [reference, first, second]);
    expect(told.map(({ tenant }) => tenant)).toEqual([reference, first, second]);
    expect(await recount(reference, [reference, first, second])).toEqual([]);
  });

  it('stops when time is up, says so, and leaves what there was', async () => {
    const [reference, tenant] = [newTenant(), newTenant()];
    await load(tenant, [posting({ ads: 9, required: ['java', 'sql'] })]);
    await recount(reference, [tenant]);
    const before = await keptFor(tenant, reference).of(skillIds);
    await load(tenant, [posting({ required: ['git'] })]);
    expect(await recount(reference, [tenant], () => true)).toEqual([{ tenant, skills: 0, left: 'time is up' }]);
    expect(await keptFor(tenant, reference).of(skillIds)).toEqual({ ...before, isCurrent: false });
  });

  it('leaves a tenant alone for whom it fails, and says why; the others are counted', async () => {
    const [reference, large, other] = [newTenant(), newTenant(), newTenant()];
    for (const tenant of [large, other]) await load(tenant, [posting({ required: ['java'] })]);
    const { exceeds } = neighbourCountsOf(operatorDatabase);
    expect([await exceeds(large, 0), await exceeds(large, 1)]).toEqual([true, false]);
    const told = await recount(reference, [large, other], undefined, { exceeds: async (tenant) => tenant === large });
    expect(new Map(told.map(({ tenant, left }) => [tenant, left]))).toEqual(
      new Map([
        [large, `${large} has more than 300000 advertisements`],
        [other, null],
      ]),
    );
  });
});
