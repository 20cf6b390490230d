import pg from 'pg';
import type { Json } from '../harness.ts';
import { type Attack, openAttack } from './attack.ts';

let attack: Attack;
let [a, b]: string[] = [];
const attempt: Attack['attempt'] = (...call) => attack.attempt(...call);

beforeAll(async () => {
  attack = await openAttack();
  ({ a, b } = attack);
});
afterAll(() => attack.close());

const kind = process.env['HEADHUNTER_POSTGRES_ADMIN_URL'] ? 'native' : 'embedded';

describe('straight at the database, as the runtime role', () => {
  it('finds the tenant tables that the product has', () => {
    expect(attack.tables).toEqual(
      expect.arrayContaining(['candidates', 'documents', 'embeddings', 'term_counts', 'corpora']),
    );
    expect(attack.partitions.length).toBeGreaterThanOrEqual(attack.tables.length);
  });

  it('sees no row of any tenant table while no tenant is bound, or an empty or unknown one is', async () => {
    for (const table of attack.tables) {
      for (const tenant of [undefined, '', 'nobody', '*', '%', `${a}' or '1'='1`]) {
        expect([table, tenant, await attack.count(tenant, table)]).toEqual([table, tenant, 0]);
      }
    }
  });

  it('sees the bound tenant’s rows and none of another’s, even when it names the other', async () => {
    for (const table of attack.tables) {
      expect([table, (await attack.count(a, table)) > 0]).toEqual([table, true]);
      expect([table, await attack.count(a, table, `tenant_id <> '${a}'`)]).toEqual([table, 0]);
      expect([table, await attack.count(a, table, `tenant_id = '${b}'`)]).toEqual([table, 0]);
      expect([table, (await attack.count(b, table)) > 0]).toEqual([table, true]);
    }
  });

  it('can neither write to another tenant, nor move a row there, nor change or delete one there', async () => {
    const row = `insert into headhunter.corpora (tenant_id, candidates) values ($1, 1)`;
    expect(await attempt(a, row, [b])).toBe('42501');
    expect(await attempt(undefined, row, [b])).toBe('42501');
    expect(await attempt(a, 'update headhunter.corpora set tenant_id = $1', [b])).toBe('42501');
    expect(
      await attempt(a, 'update headhunter.candidates set tenant_id = $1 where candidate_id = $2', [b, 'sec-1']),
    ).toBe('42501');
    for (const table of attack.tables.filter((name) => name !== 'audit_entries' && name !== 'decisions')) {
      const gone = await attempt(
        a,
        `with gone as (delete from headhunter.${table} where tenant_id = $1 returning 1) select count(*)::int as n from gone`,
        [b],
      );
      expect([table, gone]).toEqual([table, [{ n: 0 }]]);
    }
    const changed = `with c as (update headhunter.candidates set profile = '{}' where tenant_id = $1 returning 1) select count(*)::int as n from c`;
    expect(await attempt(a, changed, [b])).toEqual([{ n: 0 }]);
    for (const table of attack.tables) {
      const copy = `insert into headhunter.${table} select (jsonb_populate_record(x, jsonb_build_object('tenant_id', $1::text))).*
        from headhunter.${table} x limit 1`;
      expect([table, await attempt(a, copy, [b])]).toEqual([table, '42501']);
    }
  });

  it('can neither change nor delete the record of a ranking, of its own tenant neither', async () => {
    for (const statement of ["update headhunter.decisions set actor = 'x'", 'delete from headhunter.decisions'])
      expect([statement, await attempt(a, statement)]).toEqual([statement, '42501']);
  });

  it('cannot read, write or empty a partition directly', async () => {
    for (const partition of attack.partitions) {
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
    for (const table of attack.tables) {
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
