import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { people } from '../../../scripts/demo/people.ts';
import { openLexicon } from '../../src/platform/lexicon.ts';
import { ask, crowdOf, type Json, openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

let world: World;
let operator: pg.Client;
let admin: TenantRows;
let [grown, other]: string[] = [];
let gil: Person;
let olga: Person;

const size = crowdOf(1_500);
const queries: Record<string, unknown>[] = [
  { query: 'desenvolvedora Java sênior com Kafka', limit: 50 },
  { query: 'analista financeiro com Excel e SAP em São Paulo', limit: 50 },
  { query: 'enfermeiro', limit: 50, filters: { countries: ['BR'], unknown: 'exclude' } },
  { query: 'data engineer', limit: 50, filters: { skills: ['Python'], minExperienceYears: 2 } },
];

const answersOf = async (person: Person): Promise<Json[]> => {
  // No answer outlives the revision of the code that gave it: these are computed anew.
  process.env['K_REVISION'] = randomUUID();
  const replies: Json[] = [];
  for (const query of queries) replies.push((await ask(person, 'rest', 'search.hybrid', query)).reply);
  return replies;
};

beforeAll(async () => {
  world = await openWorld();
  [grown, other] = [await world.tenant('grown'), await world.tenant('other')];
  [gil, olga] = [await world.person(grown), await world.person(other)];
  operator = new pg.Client({ connectionString: process.env['OPERATOR_DATABASE_URL'] });
  await operator.connect();
  admin = await openTenantRows();
  const pool = people('gro', 300, await openLexicon());
  const short = ({ profile }: (typeof pool)[number], i: number) => ({
    candidateId: `gro-${i}`,
    profile: { ...profile, summary: undefined, experience: profile.experience.slice(0, 1), education: [] },
  });
  const crowd = Array.from({ length: size }, (_, i) => short(pool[i % 300] as (typeof pool)[number], i));
  for (const [person, candidates] of [
    [gil, crowd.slice(0, size / 3)],
    [gil, crowd.slice(size / 3, (2 * size) / 3)],
    [gil, crowd.slice((2 * size) / 3)],
    [olga, crowd.slice(0, 200)],
  ] as const) {
    const { status, body } = await person.rest('POST', '/v1/candidates/import', { candidates });
    expect([status, body.counts?.created]).toEqual([200, candidates.length]);
  }
}, 120_000);
afterAll(async () => {
  await operator.end();
  await admin.close();
  await world.close();
});

describe('a tenant that is promoted while it is written to', () => {
  let before: { grown: Json[]; other: Json[] };
  let recall: number;
  const acknowledged = new Map<string, string>();

  it('is prepared, measured and switched by the operator, and every call meanwhile is answered', async () => {
    before = { grown: await answersOf(gil), other: await answersOf(olga) };
    let stop = false;
    const statuses: number[] = [];
    const write = async () => {
      for (let i = 0; !stop && i < 2_000; i++) {
        const candidateId = `late-${i % 40}`;
        const title = `Zelador número ${i}`;
        const profile = { fullName: 'Gente Nova', title };
        const { status } = await gil.rest('POST', '/v1/candidates', { candidateId, profile });
        statuses.push(status);
        if (status === 200) acknowledged.set(candidateId, title);
        if (i % 10 !== 9) continue;
        const gone = await gil.rest('DELETE', `/v1/candidates/${candidateId}`);
        statuses.push(gone.status);
        if (gone.status === 200) acknowledged.delete(candidateId);
      }
    };
    const read = async () => {
      for (let i = 0; !stop && i < 2_000; i++) {
        const { status, reply } = await ask(gil, 'rest', 'search.hybrid', {
          query: `zelador ${i}`,
          limit: 5,
          filters: { skills: [] },
        });
        statuses.push(reply?.degraded.some((what: string) => what.startsWith('leg.')) ? 503 : status);
      }
    };
    const traffic = [write(), read(), read()];
    try {
      await operator.query('select headhunter.promote_prepare($1)', [grown]);
      recall = (await operator.query('select headhunter.promote_recall($1, 50) as recall', [grown])).rows[0].recall;
      await operator.query('select headhunter.promote_switch($1, $2)', [grown, recall]);
      // A few calls more, on the new partitions.
      await new Promise((resolve) => setTimeout(resolve, 500));
    } finally {
      stop = true;
      await Promise.all(traffic);
    }
    expect(acknowledged.size).toBeGreaterThan(0);
    expect(new Set(statuses)).toEqual(new Set([200]));
  }, 120_000);

  it('has its recall measured and written down', async () => {
    expect(recall).toBeGreaterThanOrEqual(0.99);
    expect(recall).toBeLessThanOrEqual(1);
    const rows = await admin.query('select recall, promoted_at from headhunter.promoted_tenants where tenant_id = $1', [
      grown,
    ]);
    expect(rows[0].recall).toBeCloseTo(recall, 5);
    const sizes = await operator.query('select * from headhunter.tenant_sizes() where tenant_id = $1', [grown]);
    expect(sizes.rows).toEqual([{ tenant_id: grown, candidates: size + acknowledged.size, promoted: true }]);
  });

  it('has lost nothing and doubled nothing, in any table', async () => {
    const rows = await admin.query(
      `select candidate_id as id, profile ->> 'title' as title from headhunter.candidates where tenant_id = $1`,
      [grown],
    );
    expect(rows).toHaveLength(size + acknowledged.size);
    const late = rows.filter((row) => row.id.startsWith('late-'));
    expect(new Map(late.map((row) => [row.id, row.title]))).toEqual(acknowledged);
    // Records of rankings stay where they are.
    for (const table of admin.tables.filter((name) => name !== 'decisions')) {
      const shared = await admin.query(
        `select count(*)::int as n from headhunter.${table}_shared where tenant_id = $1`,
        [grown],
      );
      expect([table, shared[0].n]).toEqual([table, 0]);
    }
    const vectors = await admin.query(
      `select count(*)::int as n, count(distinct e.candidate_id)::int as people from headhunter.embeddings e
       join headhunter.candidates c using (tenant_id, candidate_id) where tenant_id = $1 and chunk_type = 'profile'`,
      [grown],
    );
    expect(vectors).toEqual([{ n: size + acknowledged.size, people: size + acknowledged.size }]);
  });

  it('still counts its words exactly', async () => {
    expect(await admin.miscountsOf(grown ?? '')).toMatchObject({ wrong: 0, people: 0 });
  });

  it('is told the same people in the same order, with scores equal to a ten-thousandth', async () => {
    for (const id of acknowledged.keys()) await gil.rest('DELETE', `/v1/candidates/${id}`);
    const after = await answersOf(gil);
    for (const [i, reply] of after.entries()) {
      const was = before.grown[i];
      expect(reply.results.map((one: Json) => one.candidateId)).toEqual(
        was.results.map((one: Json) => one.candidateId),
      );
      // Scores are told with four digits: the last one may differ by one.
      for (const [at, one] of reply.results.entries())
        expect(Math.abs(one.score - was.results[at].score)).toBeLessThan(1.5e-4);
      expect(reply.total).toBe(was.total);
      expect(reply.degraded.filter((what: string) => what.startsWith('leg.'))).toEqual([]);
    }
  });

  it('leaves every other tenant’s answers byte for byte as they were', async () => {
    const perCall = new Set(['requestId', 'timings', 'decisionId']);
    const bytes = (value: unknown) => JSON.stringify(value, (key, inner) => (perCall.has(key) ? undefined : inner));
    expect(bytes(await answersOf(olga))).toBe(bytes(before.other));
  });

  it('cannot be promoted twice, nor switched without being prepared', async () => {
    const codeOf = (statement: string, tenant: string | undefined) =>
      operator.query(statement, [tenant]).then(
        () => 'no error',
        (error: pg.DatabaseError) => error.code,
      );
    expect(await codeOf('select headhunter.promote_prepare($1)', grown)).toBe('55000');
    expect(await codeOf('select headhunter.promote_switch($1, 1)', grown)).toBe('55000');
    expect(await codeOf('select headhunter.promote_switch($1, 1)', other)).toBe('55000');
  });

  it('goes on being written to, searched and removed from as before', async () => {
    const { status } = await gil.rest('POST', '/v1/candidates', {
      candidateId: 'afterwards',
      profile: { fullName: 'Ana Depois', title: 'Apicultora' },
    });
    expect(status).toBe(200);
    const found = await ask(gil, 'rest', 'search.hybrid', { query: 'apicultora', limit: 3 });
    expect(found.reply.results[0].candidateId).toBe('afterwards');
    expect((await gil.rest('DELETE', '/v1/candidates/afterwards')).status).toBe(200);
    const left = await admin.query(
      `select count(*)::int as n from headhunter.embeddings where tenant_id = $1 and candidate_id = 'afterwards'`,
      [grown],
    );
    expect(left).toEqual([{ n: 0 }]);
  });
});

describe('a partition of a promoted tenant', () => {
  it('cannot be read directly by the runtime, and shows nothing to a tenant that it is not of', async () => {
    const runtime = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
    await runtime.connect();
    const rows = await admin.query(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'headhunter' and c.relispartition and c.relkind = 'r' and c.relname like '%\\_p\\_%'`,
    );
    const moved = new Set<string>(rows.map(({ name }) => name.replace(/_p_.*$/, '')));
    // Records and enriched profiles are found by an id or their age, keys live a day and reservations of money some weeks, names for occupations and proposals
    // of them are few, and of postings no index depends on how large a tenant is.
    expect(admin.tables.filter((table) => !moved.has(table))).toEqual([
      'budget_months',
      'budget_reservations',
      'decisions',
      'enriched_profiles',
      'idempotency_keys',
      'market_revisions',
      'occupation_aliases',
      'occupation_overrides',
      'postings',
      'skill_neighbourhoods',
      'skill_observations',
      'skill_weeks',
      'title_clusters',
      'title_entries',
      'title_proposals',
    ]);
    for (const { name } of rows) {
      const code = await runtime.query(`select from headhunter.${name}`).catch((error: pg.DatabaseError) => error.code);
      expect([name, code]).toEqual([name, '42501']);
    }
    await runtime.query('begin');
    await runtime.query("select set_config('app.tenant_id', $1, true)", [other]);
    for (const table of admin.tables) {
      const seen = await runtime.query(`select count(*)::int as n from headhunter.${table} where tenant_id = $1`, [
        grown,
      ]);
      expect([table, seen.rows]).toEqual([table, [{ n: 0 }]]);
    }
    await runtime.query('rollback');
    await runtime.end();
  });
});
