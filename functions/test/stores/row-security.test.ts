import pg from 'pg';
import { type Json, openWorld, type World } from '../harness.ts';

let world: World;
let [a, b]: string[] = [];
const first = 'sec-1';
// Holds names of tenants and nothing of theirs; the runtime may not read it at all.
const operatorOnly = new Set(['promoted_tenants']);

const names = ['Ana', 'Bia', 'Caio', 'Davi', 'Enzo', 'Fábio', 'Gabi', 'Hugo', 'Inês', 'Jana', 'Kátia', 'Léo'];
const resume = Buffer.from('Joana Exemplo\nAnalista de Dados\nSQL e Python em Recife.\n').toString('base64');

beforeAll(async () => {
  world = await openWorld();
  [a, b] = [await world.tenant('sec-a'), await world.tenant('sec-b')];
  for (const tenant of [a, b]) {
    const person = await world.person(tenant);
    const candidates = names.map((name, i) => ({
      candidateId: `sec-${i + 1}`,
      profile: { fullName: `${name} Exemplo`, title: 'Analista de dados', skills: [{ name: 'SQL' }] },
    }));
    expect((await person.call('candidates.import', { candidates })).status).toBe(200);
    expect(
      (await person.call('candidates.upload', { candidateId: first, fileName: 'cv.txt', contentBase64: resume }))
        .status,
    ).toBe(200);
  }
});
afterAll(() => world.close());

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
    tables = rows
      .filter(({ name, part, tenant }) => tenant && !part && !operatorOnly.has(name))
      .map(({ name }) => name);
    partitions = rows.filter(({ part }) => part).map(({ name }) => name);
  });
  afterAll(() => sql.end());

  /** Runs as nobody's or somebody's transaction and leaves no trace; the error's code when it is refused. */
  async function attempt(
    tenant: string | undefined,
    statement: string,
    values: unknown[] = [],
  ): Promise<Json[] | string> {
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
    expect(tables).toEqual(expect.arrayContaining(['candidates', 'documents', 'embeddings', 'term_counts', 'corpora']));
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
      expect([table, (await count(b, table)).n > 0]).toEqual([table, true]);
    }
  });

  it('can neither write to another tenant, nor move a row there, nor change or delete one there', async () => {
    const row = `insert into headhunter.corpora (tenant_id, candidates) values ($1, 1)`;
    expect(await attempt(a, row, [b])).toBe('42501');
    expect(await attempt(undefined, row, [b])).toBe('42501');
    expect(await attempt(a, 'update headhunter.corpora set tenant_id = $1', [b])).toBe('42501');
    expect(
      await attempt(a, 'update headhunter.candidates set tenant_id = $1 where candidate_id = $2', [b, first]),
    ).toBe('42501');
    for (const table of tables) {
      const gone = await attempt(
        a,
        `with gone as (delete from headhunter.${table} where tenant_id = $1 returning 1) select count(*)::int as n from gone`,
        [b],
      );
      expect([table, gone]).toEqual([table, [{ n: 0 }]]);
    }
    const changed = `with c as (update headhunter.candidates set profile = '{}' where tenant_id = $1 returning 1) select count(*)::int as n from c`;
    expect(await attempt(a, changed, [b])).toEqual([{ n: 0 }]);
    for (const table of tables) {
      const copy = `insert into headhunter.${table} select (jsonb_populate_record(x, jsonb_build_object('tenant_id', $1::text))).*
        from headhunter.${table} x limit 1`;
      expect([table, await attempt(a, copy, [b])]).toEqual([table, '42501']);
    }
  });

  it('cannot read, write or empty a partition directly', async () => {
    for (const partition of partitions) {
      for (const statement of [
        `select from headhunter.${partition}`,
        `delete from headhunter.${partition}`,
        `truncate headhunter.${partition}`,
      ]) {
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

  it.each(['headhunter_owner', 'headhunter_operator', 'postgres'])(
    `cannot become %s (${kind} server)`,
    async (role) => {
      expect(await attempt(a, `set role ${role}`)).toBe('42501');
      expect(await attempt(a, `set session authorization ${role}`)).toBe('42501');
      expect(await attempt(a, `grant ${role} to headhunter_runtime`)).toBe('42501');
      expect(await attempt(a, `alter role headhunter_runtime superuser`)).toBe('42501');
    },
  );

  const legs: [string, string][] = [
    [
      'search_vectors',
      `select * from headhunter.search_vectors($1, 1::smallint, (select '[' || string_agg('0.1', ',') || ']' from generate_series(1, 256)), '{}', 10)`,
    ],
    [
      'search_terms',
      `select * from headhunter.search_terms($1, (select array_agg(term order by term) from headhunter.term_counts), (select array_agg(1::real) from headhunter.term_counts), '{}', 10)`,
    ],
  ];

  it.each(legs)('%s answers the bound tenant, and refuses any other, none, and one with quotes', async (_, call) => {
    const own = await attempt(a, call, [a]);
    expect(own).toHaveLength(10);
    for (const [bound, asked] of [
      [a, b],
      [undefined, a],
      ['', ''],
      ['', a],
      [a, ''],
      [a, null],
      [undefined, null],
      [a, `${a}' or true --`],
    ] as const) {
      expect([bound, asked, await attempt(bound, call, [asked])]).toEqual([bound, asked, '42501']);
    }
  });

  it.each(legs)('%s takes a bound tenant with quotes as a name that nobody has', async (_, call) => {
    for (const name of [
      `${b}' or 'x'='x`,
      `x' union select candidate_id, 1, true from headhunter.candidates --`,
      `%s`,
      `'; drop table headhunter.corpora; --`,
    ]) {
      expect([name, await attempt(name, call, [name])]).toEqual([name, []]);
    }
  });

  it('weigh_terms, which runs with the caller’s own rights, tells nothing of another tenant', async () => {
    const call =
      'select * from headhunter.weigh_terms($1, (select array_agg(n) from generate_series(1, 10) n), array_fill(1::real, array[10]))';
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
      expect([filters, await attempt(a, vector.replace(`'{}'`, '$2::jsonb'), [a, JSON.stringify(filters)])]).toEqual([
        filters,
        [],
      ]);
    }
    for (const filters of [
      { minYears: '1 or true' },
      { maxYears: "0') or (true" },
      { seniorityRanks: ['1) or (true'] },
    ]) {
      expect(
        await attempt(a, vector.replace(`'{}'`, '$2::jsonb'), [a, JSON.stringify({ ...filters, unknown: 'exclude' })]),
      ).toBe('22P02');
    }
    const all = await attempt(a, vector.replace(`'{}'`, '$2::jsonb').replace(', 10)', ', 100000)'), [
      a,
      '{"unknown":"x) or true"}',
    ]);
    expect(all).toHaveLength((await count(a, 'candidates')).n);
  });

  it('may execute no function that is the operator’s or the owner’s', async () => {
    const { rows } = await sql.query<{ name: string; may: boolean }>(
      `select p.proname as name, has_function_privilege(p.oid, 'execute') as may from pg_proc p
       join pg_namespace n on n.oid = p.pronamespace where n.nspname = 'headhunter' and p.prorettype <> 'trigger'::regtype`,
    );
    expect(
      rows
        .filter(({ may }) => may)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['bound_tenant', 'register_model', 'search_terms', 'search_vectors', 'weigh_terms']);
    for (const call of [
      "promote_prepare('x')",
      "promote_recall('x', 1)",
      "promote_switch('x', 1)",
      'tenant_sizes()',
      "isolate('headhunter.candidates')",
      "filter_predicate('{}')",
      "index_model('x', 1::smallint, 8)",
    ]) {
      expect([call, await attempt(a, `select headhunter.${call}`)]).toEqual([call, '42501']);
    }
  });
});

describe('the operator', () => {
  it('sees sizes and no rows', async () => {
    const operator = new pg.Client({ connectionString: process.env['OPERATOR_DATABASE_URL'] });
    await operator.connect();
    const { rows } = await operator.query('select * from headhunter.tenant_sizes() where tenant_id = any($1)', [
      [a, b],
    ]);
    expect(rows.map((row: Json) => row.tenant_id).sort()).toEqual([a, b].sort());
    const refused = await operator
      .query('select from headhunter.candidates')
      .catch((error: pg.DatabaseError) => error.code);
    await operator.end();
    expect(refused).toBe('42501');
  });
});
