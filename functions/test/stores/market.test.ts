import { randomBytes } from 'node:crypto';
import { operatorTenant, TenantId } from '../../src/contract/ids.ts';
import type { ObservationFacts, PostingFacts } from '../../src/contract/posting.ts';
import { recountMarket } from '../../src/domain/msgs/recount-market.ts';
import * as functions from '../../src/index.ts';
import { operatorDatabase } from '../../src/platform/postgres.ts';
import { openPostgres } from '../../src/platform/runtime-database.ts';
import { bindTenant } from '../../src/platform/tenant-database.ts';
import { marketOf } from '../../src/stores/market.ts';
import { marketCountsOf } from '../../src/stores/market-counts.ts';
import { postingsOf } from '../../src/stores/postings.ts';
import { byTests } from '../attribution.ts';
import { ask, openWorld, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

let world: World;
let rows: TenantRows;

beforeAll(async () => {
  [world, rows] = await Promise.all([openWorld(), openTenantRows()]);
});
afterAll(async () => {
  await rows.close();
  await world.close();
});

const newTenant = () => TenantId.parse(`market-${randomBytes(5).toString('hex')}`);
const bind = (tenant: TenantId) => bindTenant(openPostgres(), tenant, byTests);
const now = new Date('2026-02-01T12:00:00Z');

const posting = (
  hash: string,
  postedOn: string,
  required: string[],
  more: Partial<PostingFacts> = {},
): PostingFacts => ({
  contentHash: hash,
  postedOn,
  title: '',
  source: 'gupy',
  country: 'BR',
  region: 'BR-SP',
  industry: '',
  seniority: '',
  ads: 1,
  required,
  preferred: [],
  occupations: [],
  years: null,
  ...more,
});
const observation = (hash: string, observedOn: string, vacancies: number): ObservationFacts => ({
  contentHash: hash,
  observedOn,
  skillId: 'java',
  source: 'catho',
  country: '',
  region: '',
  industry: '',
  vacancies,
});
const load = (
  tenant: TenantId,
  postings: readonly PostingFacts[],
  observations: readonly ObservationFacts[] = [],
  reference?: TenantId,
) =>
  postingsOf(bind(tenant), reference && bind(reference)).write({ postings, observations, lexiconVersion: 'v1' }, now);
const year = { from: '2025-02-01', to: '2026-02-01' };

describe('the reference', () => {
  it('counts together with the tenant’s own postings, told apart, and is nobody else’s', async () => {
    const [reference, own, stranger] = [newTenant(), newTenant(), newTenant()];
    await load(reference, [
      posting('r1', '2026-01-05', ['java', 'sql'], { ads: 4 }),
      posting('r2', '2026-01-20', ['sql']),
    ]);
    await load(own, [posting('o1', '2026-01-12', ['java', 'sql'], { source: 'vagas' })]);
    const market = marketOf(bind(own), bind(reference));
    const { coverage, skills } = await market.around('java', year, {}, true);
    expect(coverage).toEqual({
      rows: { own: 1, shared: 2 },
      ads: 6,
      from: '2026-01-05',
      to: '2026-01-20',
      sources: ['gupy', 'vagas'],
    });
    expect(skills.find(({ id }) => id === 'sql')).toEqual({
      id: 'sql',
      ads: 6,
      joint: 5,
      lastOn: '2026-01-12',
      sources: ['gupy', 'vagas'],
    });
    expect(await market.lastPosted({ skillId: 'java' }, {})).toBe('2026-01-12');
    expect((await marketOf(bind(stranger), undefined).around('java', year, {}, true)).coverage.ads).toBe(0);
  });

  it('makes what it holds no news to a tenant, and takes nothing from one', async () => {
    const [reference, own] = [newTenant(), newTenant()];
    const shared = posting('r1', '2026-01-05', ['java']);
    await load(reference, [shared]);
    const mine = posting('o1', '2026-01-05', ['java']);
    expect(await load(own, [shared, mine], [], reference)).toEqual({ created: 1, reread: 0, unchanged: 1 });
    const held = async (of: string) => (await rows.countsOf(of))['postings'];
    expect([await held(own), await held(reference)]).toEqual([1, 1]);
  });

  it('cannot be changed through what is lent of it', async () => {
    const reference = newTenant();
    await load(reference, [posting('r1', '2026-01-05', ['java'])]);
    const lent = bind(reference);
    const attempt = lent.transaction((s) => s.query(`delete from headhunter.postings where tenant_id = ${s.tenant}`));
    await expect(attempt).rejects.toMatchObject({ code: '25006' });
  });

  it('is what operators import as themselves: every tenant reads it, and none can write there', async () => {
    // Long before what other tests ask about, and nowhere near.
    const postings = [
      { postedAt: '2000-01-05', source: 'archive', country: 'AQ', skills: ['COBOL', 'Fortran'], count: 9 },
    ];
    const operator = await world.operator();
    expect((await ask(operator, 'rest', 'msgs.import', { postings })).status).toBe(200);
    for (const roles of [['recruiter'], ['recruiter', 'admin']] as const) {
      const member = await world.person(operatorTenant, roles);
      expect((await ask(member, 'rest', 'msgs.import', { postings })).error.code).toBe('auth.scope_missing');
    }
    const ana = await world.person(await world.tenant('reader'));
    const asked = { skillId: 'cobol', filters: { region: 'AQ' } };
    const { reply } = await ask(ana, 'rest', 'msgs.expand', asked);
    expect([reply.seedSkill.support, reply.data.rows]).toEqual([9, { own: 0, shared: 1 }]);
    // Her own import of the same says that it is known; with something else it is hers alone.
    expect((await ask(ana, 'rest', 'msgs.import', { postings })).reply.counts.unchanged).toBe(1);
    const hers = [{ ...postings[0], count: 5 }];
    expect((await ask(ana, 'rest', 'msgs.import', { postings: hers })).reply.counts.created).toBe(1);
    expect((await ask(ana, 'rest', 'msgs.expand', asked)).reply.data.rows).toEqual({ own: 1, shared: 1 });
    expect((await ask(operator, 'rest', 'msgs.expand', asked)).reply.data.rows).toEqual({ own: 1, shared: 0 });
  });
});

describe('counts by week', () => {
  const weeksOf = (tenant: TenantId) =>
    rows.query(
      `select measure, skill_id, week_start::text, source, region, amount::int, row_count, first_on::text, last_on::text
       from headhunter.skill_weeks where tenant_id = $1 order by measure, skill_id, week_start, source`,
      [tenant],
    );
  const counts = marketCountsOf(operatorDatabase);
  const sample = async () => {
    const tenant = newTenant();
    await load(
      tenant,
      [
        posting('a', '2026-01-05', ['java', 'sql'], { ads: 3 }),
        posting('b', '2026-01-11', ['java'], { preferred: ['sql'] }),
        posting('c', '2026-01-12', []),
      ],
      [observation('x', '2026-01-05', 70), observation('y', '2026-01-08', 60), observation('z', '2026-01-08', 65)],
    );
    return tenant;
  };
  const week = { week_start: '2026-01-05', source: 'gupy', region: 'BR-SP', amount: 4, row_count: 2 };
  const days = { first_on: '2026-01-05', last_on: '2026-01-11' };

  it('follow the rows: each advertisement that names a skill once, of observations the last', async () => {
    const tenant = await sample();
    expect(await weeksOf(tenant)).toEqual([
      {
        ...{ measure: 'observed', skill_id: 'java', week_start: '2026-01-05', source: 'catho', region: '', amount: 65 },
        ...{ row_count: 3, first_on: '2026-01-05', last_on: '2026-01-08' },
      },
      { measure: 'posted', skill_id: '', ...week, ...days },
      { measure: 'posted', skill_id: 'java', ...week, ...days },
      { measure: 'posted', skill_id: 'sql', ...week, ...days },
    ]);
    await rows.query('delete from headhunter.postings where tenant_id = $1', [tenant]);
    await rows.query(`delete from headhunter.skill_observations where tenant_id = $1 and content_hash = 'z'`, [tenant]);
    expect((await weeksOf(tenant)).map(({ measure, amount }) => [measure, amount])).toEqual([['observed', 60]]);
  });

  it('are right after imports at the same moment, of rows that are partly the same', async () => {
    const tenant = newTenant();
    const batch = (from: number) =>
      Array.from({ length: 40 }, (_, i) =>
        posting(`p${from + i}`, '2026-01-05', ['java', 'sql', 'docker'].slice(0, (i % 3) + 1)),
      );
    const written = await Promise.all([0, 20, 10, 0].map((from) => load(tenant, batch(from))));
    expect(written.reduce((sum, { created }) => sum + created, 0)).toBe(60);
    expect(await counts.recount(tenant, '2026-01-05', '2026-01-05')).toBe(0);
    const [all] = (await weeksOf(tenant)).filter(({ skill_id: id }) => id === '');
    expect(all).toMatchObject({ amount: 60, row_count: 60 });
  });

  it('that went wrong are mended by a recount, which says how many there were', async () => {
    const tenant = await sample();
    const right = await weeksOf(tenant);
    expect(await counts.recount(tenant, '2026-01-05', '2026-01-12')).toBe(0);
    await rows.query(`update headhunter.skill_weeks set amount = 99 where tenant_id = $1 and skill_id = 'sql'`, [
      tenant,
    ]);
    await rows.query(`delete from headhunter.skill_weeks where tenant_id = $1 and measure = 'observed'`, [tenant]);
    await rows.query(
      `insert into headhunter.skill_weeks select tenant_id, measure, 'docker', week_start, source, country, region, industry,
         amount, row_count, first_on, last_on from headhunter.skill_weeks where tenant_id = $1 and skill_id = ''`,
      [tenant],
    );
    const only = { ...counts, spans: async () => (await counts.spans()).filter((span) => span.tenant === tenant) };
    const recount = async (isTimeUp: boolean) => {
      const told = [];
      for await (const one of recountMarket(only, () => isTimeUp)) told.push(one);
      return told;
    };
    expect(await recount(false)).toEqual([{ tenant, weeks: 8, mended: 3, finished: true }]);
    expect(await weeksOf(tenant)).toEqual(right);
    expect(await recount(true)).toMatchObject([{ weeks: 0, finished: false }]);
  });

  it('are mended every night, and answers made of wrong ones are dropped', async () => {
    const tenant = await world.tenant('nightly');
    const ana = await world.person(tenant);
    const postings = [{ postedAt: '2026-01-05', source: 'gupy', skills: ['Java'], count: 7 }];
    await ask(ana, 'rest', 'msgs.import', { postings });
    await rows.query('update headhunter.skill_weeks set amount = 99 where tenant_id = $1', [tenant]);
    const demand = async () => {
      const { reply } = await ask(ana, 'rest', 'msgs.demand', { skillId: 'java', windowWeeks: 4 });
      return [reply.points.at(-1).postings, reply.cacheHit];
    };
    expect([await demand(), await demand()]).toEqual([
      [99, false],
      [99, true],
    ]);
    await functions.demandRecompute.run({ scheduleTime: now.toISOString() });
    expect(await demand()).toEqual([7, false]);
  });
});
