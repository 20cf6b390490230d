import pg from 'pg';
import { people } from '../../scripts/demo/people.ts';
import type { CandidateProfile } from '../src/contract/candidate.ts';
import type { TenantId } from '../src/contract/ids.ts';
import { encodeCursor } from '../src/contract/paging.ts';
import { registry } from '../src/endpoints/registry.ts';
import { closeKeyValue, openKeyValue } from '../src/platform/cache.ts';
import { openLexicon } from '../src/platform/lexicon.ts';
import { endpointsOf } from '../src/projections/routes.ts';
import { ask, type Json, openWorld, type Person, type World } from './harness.ts';

interface Row {
  readonly candidateId: string;
  readonly profile: CandidateProfile;
}

let world: World;
let [a, b]: TenantId[] = [];
let ana: Person;
let bob: Person;
let pool: Row[];

const importAll = async (person: Person, rows: readonly Row[]): Promise<void> => {
  for (let at = 0; at < rows.length; at += 500) {
    const { status, body } = await person.rest('POST', '/v1/candidates/import', { candidates: rows.slice(at, at + 500) });
    expect([status, body.counts?.rejected]).toEqual([200, 0]);
  }
};

/** Someone much like `row`: fewer words, so that many fit, and every fourth the same person under the same id. */
const double = ({ candidateId, profile }: Row, i: number): Row => ({
  candidateId: i < 120 ? candidateId : `${candidateId}-${i}`,
  profile:
    i % 4 === 0
      ? profile
      : {
          ...profile,
          fullName: `${profile.fullName} ${i}`,
          summary: undefined,
          education: [],
          certifications: [],
          skills: profile.skills.slice(0, 6),
          experience: profile.experience.slice(0, 1).map((job) => ({ ...job, description: job.description?.slice(0, 120) })),
        },
});

beforeAll(async () => {
  world = await openWorld();
  [a, b] = [await world.tenant('iso-a'), await world.tenant('iso-b')];
  [ana, bob] = [await world.person(a), await world.person(b)];
  pool = people('iso', 120, await openLexicon());
  await importAll(ana, pool);
});
afterAll(() => world.close());

const resume = Buffer.from('Joana Exemplo\nAnalista de Dados\nSQL, Python e Power BI em Recife.\n').toString('base64');
const [first, second] = ['iso-0001', 'iso-0002'];

/** What A asks, in this order; whatever a call adds, a later one takes away, so that asking twice is asking the same. */
const questions = (): [string, Record<string, unknown>][] => [
  ['candidates.upload', { candidateId: first, fileName: 'cv.txt', contentBase64: resume }],
  ['embed.upsert', { candidateId: second, chunkType: 'note', text: 'Liderou a migração para Kafka e Kubernetes.' }],
  ['candidates.upsert', { candidateId: 'iso-guest', profile: { ...pool[5]?.profile, fullName: 'Visita Breve' } }],
  ['candidates.upsert', { candidateId: first, profile: pool[0]?.profile }],
  ['candidates.get', { candidateId: 'iso-guest' }],
  ['candidates.import', { candidates: pool.slice(0, 20) }],
  ['candidates.import', { csv: 'candidateId,fullName,email\niso-csv,Ana Exemplo,ana@example.com\n,Sem Nome\n,' }],
  ['candidates.import', { csv: 'candidateId,fullName\niso-csv,Ana Exemplo\n' }],
  ['candidates.remove', { candidateId: 'iso-guest' }],
  ['candidates.remove', { candidateId: 'iso-csv' }],
  ['candidates.remove', { candidateId: 'iso-0003-7' }],
  ['candidates.get', { candidateId: first, includeText: true }],
  ['candidates.get', { candidateId: 'iso-0003-7' }],
  ['candidates.list', { limit: 7 }],
  ['candidates.list', { limit: 200 }],
  ['embed.generate', { text: 'Engenheira de dados com Spark' }],
  ['embed.query', { query: 'liderança em migração para Kafka', limit: 50 }],
  ['embed.query', { query: 'contabilidade', limit: 200, similarityThreshold: 0.1 }],
  ...[
    { query: 'desenvolvedora Java sênior com Kafka em Recife', limit: 200 },
    { query: 'data engineer with Spark and Airflow, fluent English', limit: 200, locale: 'en' },
    { query: 'enfermeiro', limit: 200 },
    { query: 'analista', limit: 20, offset: 40 },
    { query: 'gerente de vendas', roleType: 'manager', filters: { countries: ['BR'], minExperienceYears: 3 }, limit: 200 },
    { query: 'python', filters: { skills: ['Python'], languages: ['en'] }, limit: 200 },
    { query: 'engenheiro', filters: { locations: ['São Paulo'], unknown: 'exclude', seniorityLevels: ['senior', 'staff'] }, limit: 200 },
    { jobDescription: 'Requisitos: SQL, Excel\nDiferencial: Power BI\nInglês avançado. 3 a 8 anos de experiência. Híbrido em Campinas.', limit: 200 },
  ].map((input): [string, Record<string, unknown>] => ['search.hybrid', input]),
  ['search.candidates', { query: 'designer de produto com Figma', limit: 100 }],
  ['search.candidates', { query: 'auxiliar administrativo', limit: 100 }],
];

// What two askings of one call differ by: their own id and clock.
const perCall = new Set(['requestId', 'timings', 'updatedAt', 'createdAt']);
const told = (body: Json): string => JSON.stringify(body, (key, value) => (perCall.has(key) ? undefined : value));

/** Every answer as bytes, computed anew. */
async function answers(person: Person): Promise<string[]> {
  await closeKeyValue();
  const bytes: string[] = [];
  for (const [id, input] of questions()) {
    const { status, reply, error } = await ask(person, 'rest', id, input);
    if (status === 200 && 'cacheHit' in reply) expect([id, input, reply.cacheHit]).toEqual([id, input, false]);
    bytes.push(`${id} ${status} ${told(reply ?? error)}`);
  }
  return bytes;
}

describe('what a tenant is told', () => {
  it('asks every endpoint there is', () => {
    expect([...new Set(questions().map(([id]) => id))].sort()).toEqual(endpointsOf(registry).map(({ id }) => id).sort());
  });

  it('is byte for byte the same before and after another tenant holds 5,000 similar candidates', async () => {
    await answers(ana);
    const alone = await answers(ana);
    expect(alone.filter((answer) => answer.includes(' 200 ')).length).toBeGreaterThan(24);
    const crowd = Array.from({ length: 5_000 }, (_, i) => double(pool[i % 120] as Row, i));
    await importAll(bob, crowd);
    await bob.call('candidates.upload', { candidateId: first, fileName: 'cv.txt', contentBase64: resume });
    await bob.call('embed.upsert', { candidateId: second, chunkType: 'note', text: 'Kafka' });
    expect(await answers(ana)).toEqual(alone);
  }, 240_000);

  it('is the same as a tenant with the same people that came after', async () => {
    const a2 = await world.tenant('iso-a2');
    const eva = await world.person(a2);
    await importAll(eva, pool);
    await answers(eva);
    const withoutCursor = (bytes: string[]) => bytes.filter((answer) => !answer.startsWith('candidates.list'));
    expect(withoutCursor(await answers(eva))).toEqual(withoutCursor(await answers(ana)));
  }, 60_000);

  it('shows B’s people to B, so that the comparison above means something', async () => {
    const { reply } = await ask(bob, 'rest', 'search.hybrid', { query: 'desenvolvedora Java sênior com Kafka em Recife', limit: 200 });
    expect(reply.results.some((one: Json) => /-\d+-\d+$/.test(one.candidateId))).toBe(true);
  });
});

describe('an id of another tenant', () => {
  const theirs = 'iso-0003-122';
  const nowhere = 'iso-9999-999';
  const uses: [string, (candidateId: string) => Record<string, unknown>][] = [
    ['candidates.get', (candidateId) => ({ candidateId })],
    ['candidates.get', (candidateId) => ({ candidateId, includeText: true })],
    ['candidates.remove', (candidateId) => ({ candidateId })],
    ['candidates.upload', (candidateId) => ({ candidateId, fileName: 'cv.txt', contentBase64: resume })],
    ['embed.upsert', (candidateId) => ({ candidateId, text: 'Kafka' })],
  ];

  it.each(uses)('is to %s what an id is that exists nowhere: candidate.not_found, in the same words', async (id, input) => {
    expect((await ask(bob, 'rest', 'candidates.get', { candidateId: theirs })).status).toBe(200);
    for (const dialect of ['rest', 'callable'] as const) {
      const [their, none] = [await ask(ana, dialect, id, input(theirs)), await ask(ana, dialect, id, input(nowhere))];
      expect([their.status, their.error.code]).toEqual([404, 'candidate.not_found']);
      expect(told(their.error)).toBe(told(none.error));
    }
    expect((await ask(bob, 'rest', 'candidates.get', { candidateId: theirs })).status).toBe(200);
  });

  it('names the endpoints that take an id of somebody there', () => {
    const taking = endpointsOf(registry).filter(({ input, errors }) => 'candidateId' in input.shape && errors.includes('candidate.not_found'));
    expect([...new Set(uses.map(([id]) => id))].sort()).toEqual(taking.map(({ id }) => id).sort());
  });

  it('may be used for somebody of one’s own, and touches nobody else', async () => {
    const before = told((await ask(bob, 'rest', 'candidates.get', { candidateId: theirs })).reply);
    const made = await ask(ana, 'rest', 'candidates.upsert', { candidateId: theirs, profile: { fullName: 'Outra Pessoa' } });
    expect(made.reply.outcome).toBe('created');
    expect((await ask(ana, 'rest', 'candidates.remove', { candidateId: theirs })).status).toBe(200);
    expect(told((await ask(bob, 'rest', 'candidates.get', { candidateId: theirs })).reply)).toBe(before);
  });
});

describe('a cursor', () => {
  const next = async (person: Person) => (await ask(person, 'rest', 'candidates.list', { limit: 3 })).reply.nextCursor as string;

  it('of another tenant is refused with page.cursor_invalid, and its own works', async () => {
    for (const dialect of ['rest', 'callable'] as const) {
      const { status, error } = await ask(ana, dialect, 'candidates.list', { cursor: await next(bob) });
      expect([status, error.code]).toEqual([400, 'page.cursor_invalid']);
    }
    expect((await ask(bob, 'rest', 'candidates.list', { cursor: await next(bob) })).status).toBe(200);
  });

  it.each([
    ['changed in one letter', async () => `${(await next(ana)).slice(0, -1)}A`],
    ['with the tag of one tenant and the body of another', async () => (await next(ana)).slice(0, 16) + (await next(bob)).slice(16)],
    ['of another list', async () => encodeCursor(a as TenantId, 'candidates.other', ['2026-01-01T00:00:00Z', 'x'])],
    ['of garbage', async () => 'garbage'],
    ['made by hand, with a time that is none', async () => encodeCursor(a as TenantId, 'candidates.list', ['yesterday-ish', 'x'])],
    ['made by hand, with too few parts', async () => encodeCursor(a as TenantId, 'candidates.list', [])],
    ['made by hand, with numbers', async () => encodeCursor(a as TenantId, 'candidates.list', [1, 2] as never)],
  ])('%s is refused with page.cursor_invalid', async (_, make) => {
    const { status, error } = await ask(ana, 'rest', 'candidates.list', { cursor: await make() });
    expect([status, error.code]).toEqual([400, 'page.cursor_invalid']);
  });
});

describe('cache keys', () => {
  it('all begin with the tenant that asks, whatever is asked', async () => {
    await closeKeyValue();
    const store = await openKeyValue();
    if (!store) throw new Error('this run has no cache');
    const keys = new Set<string>();
    const { get, set, increment } = store;
    Object.assign(store, {
      get: (asked: string[]) => (asked.forEach((key) => keys.add(key)), get(asked)),
      set: (key: string, value: string, seconds: number) => (keys.add(key), set(key, value, seconds)),
      increment: (key: string) => (keys.add(key), increment(key)),
    });
    for (const [id, input] of questions()) await ask(ana, 'callable', id, input);
    expect(keys.size).toBeGreaterThan(20);
    expect([...keys].filter((key) => !key.startsWith(`t:${a}:`))).toEqual([]);
    await closeKeyValue();
  }, 60_000);
});

describe('straight at the database, as the runtime role', () => {
  let sql: pg.Client;
  let tables: string[];
  let partitions: string[];
  const kind = process.env['HEADHUNTER_POSTGRES_ADMIN_URL'] ? 'native' : 'embedded';

  beforeAll(async () => {
    sql = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
    await sql.connect();
    const { rows } = await sql.query<{ name: string; part: boolean; tenant: boolean }>(
      `select c.relname as name, c.relispartition as part,
         exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id') as tenant
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'headhunter' and c.relkind in ('r', 'p')`,
    );
    tables = rows.filter(({ part, tenant }) => tenant && !part).map(({ name }) => name).filter((name) => name !== 'promoted_tenants');
    partitions = rows.filter(({ part }) => part).map(({ name }) => name);
  });
  afterAll(() => sql.end());

  /** Runs as nobody's or somebody's transaction and leaves no trace; the error's code when it is refused. */
  async function attempt(tenant: string | undefined, statement: string, values: unknown[] = []): Promise<Json[] | string> {
    await sql.query('begin');
    try {
      if (tenant !== undefined) await sql.query("select set_config('app.tenant_id', $1, true)", [tenant]);
      return (await sql.query(statement, values)).rows;
    } catch (error) {
      return (error as pg.DatabaseError).code ?? 'no code';
    } finally {
      await sql.query('rollback');
    }
  }
  const count = async (tenant: string | undefined, table: string, where = 'true') =>
    (await attempt(tenant, `select count(*)::int as n from headhunter.${table} where ${where}`))[0] as { n: number };

  it('finds the tenant tables that the product has', () => {
    expect(tables.sort()).toEqual(['candidate_terms', 'candidates', 'corpora', 'documents', 'embeddings', 'term_counts']);
    expect(partitions.length).toBeGreaterThanOrEqual(tables.length);
  });

  it('sees no row of any tenant table while no tenant is bound, or an empty or unknown one is', async () => {
    for (const table of tables) {
      for (const tenant of [undefined, '', 'nobody', '*', '%', `${a}' or '1'='1`]) {
        expect([table, tenant, await count(tenant, table)]).toEqual([table, tenant, { n: 0 }]);
      }
    }
  });

  it('sees the bound tenant’s rows and none of another’s, even when it names the other', async () => {
    for (const table of tables) {
      const own = await count(a, table);
      expect([table, own.n > 0]).toEqual([table, true]);
      expect([table, await count(a, table, `tenant_id <> '${a}'`)]).toEqual([table, { n: 0 }]);
      expect([table, await count(a, table, `tenant_id = '${b}'`)]).toEqual([table, { n: 0 }]);
      const other = await count(b, table);
      expect([table, other.n > 0 && other.n !== own.n]).toEqual([table, true]);
    }
  });

  it('can neither write to another tenant, nor move a row there, nor change or delete one there', async () => {
    const row = `insert into headhunter.corpora (tenant_id, candidates) values ($1, 1)`;
    expect(await attempt(a, row, [b])).toBe('42501');
    expect(await attempt(undefined, row, [b])).toBe('42501');
    expect(await attempt(a, 'update headhunter.corpora set tenant_id = $1', [b])).toBe('42501');
    expect(await attempt(a, 'update headhunter.candidates set tenant_id = $1 where candidate_id = $2', [b, first])).toBe('42501');
    for (const table of tables) {
      const gone = await attempt(a, `with gone as (delete from headhunter.${table} where tenant_id = $1 returning 1) select count(*)::int as n from gone`, [b]);
      expect([table, gone]).toEqual([table, [{ n: 0 }]]);
    }
    const changed = `with c as (update headhunter.candidates set profile = '{}' where tenant_id = $1 returning 1) select count(*)::int as n from c`;
    expect(await attempt(a, changed, [b])).toEqual([{ n: 0 }]);
    const insert = `insert into headhunter.candidate_terms select $1, candidate_id, terms, weights from headhunter.candidate_terms limit 1`;
    expect(await attempt(a, insert, [b])).toBe('42501');
  });

  it('cannot read, write or empty a partition directly', async () => {
    for (const partition of partitions) {
      for (const statement of [`select from headhunter.${partition}`, `delete from headhunter.${partition}`, `truncate headhunter.${partition}`]) {
        expect([statement, await attempt(a, statement)]).toEqual([statement, '42501']);
      }
    }
  });

  it('cannot truncate, alter or drop a table, nor turn its row-level security off, nor read who is promoted', async () => {
    for (const table of tables) {
      for (const statement of [
        `truncate headhunter.${table}`,
        `drop table headhunter.${table}`,
        `alter table headhunter.${table} disable row level security`,
        `alter table headhunter.${table} owner to headhunter_runtime`,
        `drop policy of_bound_tenant on headhunter.${table}`,
        `create policy all_of_it on headhunter.${table} using (true)`,
      ]) {
        expect([statement, await attempt(a, statement)]).toEqual([statement, '42501']);
      }
    }
    expect(await attempt(a, 'select from headhunter.promoted_tenants')).toBe('42501');
    expect(await attempt(a, 'create table headhunter.mine (x int)')).toBe('42501');
    expect(await attempt(a, 'create table public.mine (x int)')).toBe('42501');
    // Switched off, row-level security makes a query that it would filter an error, and never lets it see more.
    expect(await attempt(a, 'set local row_security = off; select from headhunter.candidates')).toBe('42501');
  });

  it.each(['headhunter_owner', 'headhunter_operator', 'postgres'])(`cannot become %s (${kind} server)`, async (role) => {
    expect(await attempt(a, `set role ${role}`)).toBe('42501');
    expect(await attempt(a, `set session authorization ${role}`)).toBe('42501');
    expect(await attempt(a, `grant ${role} to headhunter_runtime`)).toBe('42501');
    expect(await attempt(a, `alter role headhunter_runtime superuser`)).toBe('42501');
  });

  const legs: [string, string][] = [
    ['search_vectors', `select * from headhunter.search_vectors($1, 1::smallint, (select '[' || string_agg('0.1', ',') || ']' from generate_series(1, 256)), '{}', 10)`],
    ['search_terms', `select * from headhunter.search_terms($1, (select array_agg(term order by term) from headhunter.term_counts), (select array_agg(1::real) from headhunter.term_counts), '{}', 10)`],
  ];

  it.each(legs)('%s answers the bound tenant, and refuses any other, none, and one with quotes', async (_, call) => {
    const own = await attempt(a, call, [a]);
    expect(own).toHaveLength(10);
    for (const [bound, asked] of [[a, b], [undefined, a], ['', ''], ['', a], [a, ''], [a, null], [undefined, null], [a, `${a}' or true --`]] as const) {
      expect([bound, asked, await attempt(bound, call, [asked])]).toEqual([bound, asked, '42501']);
    }
  });

  it.each(legs)('%s takes a bound tenant with quotes as a name that nobody has', async (_, call) => {
    for (const name of [`${b}' or 'x'='x`, `x' union select candidate_id, 1, true from headhunter.candidates --`, `%s`, `'; drop table headhunter.corpora; --`]) {
      expect([name, await attempt(name, call, [name])]).toEqual([name, []]);
    }
  });

  it('weigh_terms, which runs with the caller’s own rights, tells nothing of another tenant', async () => {
    const call = 'select * from headhunter.weigh_terms($1, (select array_agg(n) from generate_series(1, 10) n), array_fill(1::real, array[10]))';
    expect(await attempt(a, call, [b])).toEqual([]);
    expect(await attempt(undefined, call, [b])).toEqual([]);
  });

  it('filter values are data in every field', async () => {
    const evil = `x'}') or true) or c.tenant_id <> ''; select pg_sleep(9); --`;
    const vector = legs[0]?.[1] ?? '';
    for (const filters of [
      { skills: [evil] },
      { locations: [evil, "'{}'"] },
      { industries: [evil] },
      { languages: [evil] },
      { countries: [evil], unknown: 'exclude' },
      { metadata: { a: evil } },
      { skills: ['%s', '%L', '$1', '\\', '"', '{', ','] },
    ]) {
      expect([filters, await attempt(a, vector.replace(`'{}'`, '$2::jsonb'), [a, JSON.stringify(filters)])]).toEqual([filters, []]);
    }
    for (const filters of [{ minYears: '1 or true' }, { maxYears: "0') or (true" }, { seniorityRanks: ['1) or (true'] }]) {
      expect(await attempt(a, vector.replace(`'{}'`, '$2::jsonb'), [a, JSON.stringify({ ...filters, unknown: 'exclude' })])).toBe('22P02');
    }
    const all = await attempt(a, vector.replace(`'{}'`, '$2::jsonb').replace(', 10)', ', 100000)'), [a, '{"unknown":"x) or true"}']);
    expect(all).toHaveLength((await count(a, 'candidates')).n);
  });

  it('may execute no function that is the operator’s or the owner’s', async () => {
    const { rows } = await sql.query<{ name: string; may: boolean }>(
      `select p.proname as name, has_function_privilege(p.oid, 'execute') as may from pg_proc p
       join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'headhunter' and p.prorettype <> 'trigger'::regtype`,
    );
    expect(rows.filter(({ may }) => may).map(({ name }) => name).sort()).toEqual(
      ['bound_tenant', 'register_model', 'search_terms', 'search_vectors', 'weigh_terms'],
    );
    for (const call of ["promote_prepare('x')", "promote_recall('x', 1)", "promote_switch('x', 1)", 'tenant_sizes()', "isolate('headhunter.candidates')", "filter_predicate('{}')", "index_model('x', 1::smallint, 8)"]) {
      expect([call, await attempt(a, `select headhunter.${call}`)]).toEqual([call, '42501']);
    }
  });
});

describe('the operator', () => {
  it('sees sizes and no rows', async () => {
    const operator = new pg.Client({ connectionString: process.env['OPERATOR_DATABASE_URL'] });
    await operator.connect();
    const { rows } = await operator.query('select * from headhunter.tenant_sizes() where tenant_id = any($1)', [[a, b]]);
    expect(rows.map((row: Json) => row.tenant_id).sort()).toEqual([a, b].sort());
    const refused = await operator.query('select from headhunter.candidates').catch((error: pg.DatabaseError) => error.code);
    await operator.end();
    expect(refused).toBe('42501');
  });
});
