import pg from 'pg';
import { type AuditBody, type AuditEntry, auditGenesis, auditHash } from '../../src/contract/audit.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import { openPostgres } from '../../src/platform/runtime-database.ts';
import { bindTenant, type TenantDatabase } from '../../src/platform/tenant-database.ts';
import { byTests } from '../attribution.ts';
import { ask, dialects, type Json, openWorld, type Person, type World } from '../harness.ts';
import { openTenantRows, type TenantRows } from '../tenant-rows.ts';

let world: World;
let rows: TenantRows;
let tenant: TenantId;
let ana: Person;
let uid: string;
let database: TenantDatabase;

beforeAll(async () => {
  world = await openWorld();
  rows = await openTenantRows();
});
beforeEach(async () => {
  tenant = await world.tenant('audit');
  ana = await world.person(tenant);
  uid = JSON.parse(Buffer.from(ana.token?.split('.')[1] ?? '', 'base64url').toString()).user_id;
  database = bindTenant(openPostgres(), tenant, byTests);
});
afterAll(async () => {
  await rows.close();
  await world.close();
});

const entriesOf = async (of: string): Promise<AuditEntry[]> => {
  const found = await rows.query(
    `select seq, at_ms as "atMs", body, previous_hash as "previousHash", hash from headhunter.audit_entries where tenant_id = $1 order by seq`,
    [of],
  );
  return found.map((row) => ({ ...row, seq: Number(row.seq), atMs: Number(row.atMs) }));
};
const bodiesOf = async (of: string) => (await entriesOf(of)).map(({ body }) => JSON.parse(body) as AuditBody);
const peopleOf = async (of: string) => (await rows.countsOf(of))['candidates'];

const profile = { fullName: 'Zuleica Personnenname', title: 'Apicultora', summary: 'Cria abelhas em Xapuri.' };
const writes: [string, Record<string, unknown>, Partial<AuditBody>][] = [
  ['candidates.upsert', { candidateId: 'au-1', profile }, { action: 'candidate.changed', subjects: ['au-1'] }],
  [
    'candidates.import',
    {
      candidates: [
        { candidateId: 'au-2', profile },
        { candidateId: 'au-3', profile },
      ],
    },
    { action: 'candidate.changed', subjects: ['au-2', 'au-3'], subjectCount: 2 },
  ],
  [
    'candidates.upload',
    {
      candidateId: 'au-1',
      fileName: 'zuleica.txt',
      contentBase64: Buffer.from('Zuleica Personnenname').toString('base64'),
    },
    { action: 'document.filed', subjects: ['au-1'] },
  ],
  [
    'embed.upsert',
    { candidateId: 'au-1', text: 'Zuleica sabe tudo' },
    { action: 'embedding.changed', subjects: ['au-1'] },
  ],
  ['candidates.remove', { candidateId: 'au-1' }, { action: 'candidate.removed', subjects: ['au-1'] }],
];

describe('every kind of write', () => {
  it.each(dialects)('leaves one entry with who, by which call and from where: %s', async (dialect) => {
    for (const [i, [id, input, said]] of writes.entries()) {
      const requestId = `request-${dialect}-${i}`;
      const { status } = await ask(ana, dialect, id, input, { 'x-request-id': requestId });
      expect([id, status]).toEqual([id, 200]);
      const entries = await entriesOf(tenant);
      expect(entries).toHaveLength(i + 1);
      expect(JSON.parse(entries[i]?.body ?? '')).toMatchObject({
        actorKind: 'person',
        actor: uid,
        by: id,
        requestId,
        address: expect.stringMatching(/127\.0\.0\.1$/),
        outcome: 'allowed',
        ...said,
      });
    }
  });

  it('says nothing of a person but ids', async () => {
    for (const [id, input] of writes) await ask(ana, 'rest', id, input);
    const text = (await entriesOf(tenant)).map(({ body }) => body).join();
    expect(text).toContain('au-2');
    expect(text).not.toMatch(/zuleica|personnenname|apicultora|xapuri|@/i);
  });

  it('is one entry for 500 people, with the first 50 ids, their number and how many were new', async () => {
    const candidates = Array.from({ length: 500 }, (_, i) => ({ candidateId: `crowd-${i}`, profile }));
    expect((await ask(ana, 'rest', 'candidates.import', { candidates })).status).toBe(200);
    const [body, ...others] = await bodiesOf(tenant);
    expect(others).toEqual([]);
    expect(body).toMatchObject({ subjectCount: 500, details: { created: 500, updated: 0 } });
    expect(body?.subjects).toHaveLength(50);
    expect(body?.subjectsHash).toMatch(/^[0-9a-f]{64}$/);
  }, 60_000);

  it('is told by name in the line of its call', async () => {
    const lines = (globalThis as { logLines?: string[] }).logLines ?? [];
    lines.length = 0;
    await ask(ana, 'rest', 'candidates.upsert', { candidateId: 'au-1', profile });
    const [entry] = await entriesOf(tenant);
    const line = JSON.parse(lines.find((one) => one.includes('candidates.upsert')) ?? '{}');
    expect(line.audit).toEqual([{ chain: 'records', seq: 1, hash: entry?.hash }]);
  });

  it('leaves none when everything was so already, or when it was refused', async () => {
    const [id, input] = writes[0] as (typeof writes)[number];
    for (const _ of [1, 2]) await ask(ana, 'rest', id, input);
    expect((await ask(ana, 'rest', 'candidates.remove', { candidateId: 'nobody' })).status).toBe(404);
    expect((await ask(ana, 'rest', 'candidates.list', {})).status).toBe(200);
    expect(await bodiesOf(tenant)).toHaveLength(1);
  });
});

describe('an entry and its change', () => {
  const insert = (s: { tenant: string; query(text: string): Promise<Json> }) =>
    s.query(`insert into headhunter.candidates (tenant_id, candidate_id, profile, content_hash, created_at, updated_at)
      values (${s.tenant}, 'c-1', '{}', 'x', now(), now())`);
  const entry = { action: 'candidate.changed', subjects: ['c-1'] };

  it('come together', async () => {
    await database.change(async (s) => ({ result: await insert(s), entry }));
    expect([await peopleOf(tenant), (await entriesOf(tenant)).length]).toEqual([1, 1]);
  });

  it('both stay away when the work fails', async () => {
    const failing = database.change(async (s) => {
      await insert(s);
      await s.query('select no_such_column');
      return { result: 0, entry };
    });
    await expect(failing).rejects.toMatchObject({ code: '42703' });
    expect([await peopleOf(tenant), (await entriesOf(tenant)).length]).toEqual([0, 0]);
  });

  it('both stay away when the entry cannot be written', async () => {
    const endless = { ...entry, details: { much: 'x'.repeat(30_000) } };
    await expect(database.change(async (s) => ({ result: await insert(s), entry: endless }))).rejects.toMatchObject({
      code: '23514',
    });
    expect([await peopleOf(tenant), (await entriesOf(tenant)).length]).toEqual([0, 0]);
  });

  it('both stay away when the work says that it changed nothing, whatever it did', async () => {
    await database.change(async (s) => ({ result: await insert(s), entry: null }));
    expect([await peopleOf(tenant), (await entriesOf(tenant)).length]).toEqual([0, 0]);
  });

  it('both stay away when the call has lost its Idempotency-Key to another', async () => {
    const claim = { actor: 'person:x', keyId: Buffer.from('key'), lease: '00000000-0000-4000-8000-000000000000' };
    const late = bindTenant(await openPostgres(), tenant, { ...byTests, claim });
    await expect(late.change(async (s) => ({ result: await insert(s), entry }))).rejects.toMatchObject({
      code: 'idempotency.in_progress',
    });
    expect([await peopleOf(tenant), (await entriesOf(tenant)).length]).toEqual([0, 0]);
  });

  it('cannot be parted by a transaction that was opened for reading', async () => {
    await expect(database.transaction(insert)).rejects.toMatchObject({ code: '25006' });
  });
});

describe('straight at the database, as the runtime role', () => {
  let sql: pg.Client;
  beforeEach(async () => {
    sql = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
    await sql.connect();
  });
  afterEach(() => sql.end());

  const body = JSON.stringify({ actor: 'x', by: 'x', requestId: 'x', action: 'x', subjects: [], outcome: 'allowed' });
  /** Runs the statements as one transaction of the tenant; the error's code when one of them or the commit fails. */
  const commit = async (...statements: string[]): Promise<string> => {
    try {
      await sql.query('begin');
      await sql.query("select set_config('app.tenant_id', $1, true)", [tenant]);
      for (const statement of statements) await sql.query(statement);
      await sql.query('commit');
      return 'done';
    } catch (error) {
      await sql.query('rollback');
      return (error as pg.DatabaseError).code ?? 'no code';
    }
  };
  const record = `select headhunter.record_audit('${body}')`;
  const touch = (table: string) => `delete from headhunter.${table} where tenant_id = '${tenant}'`;

  it('a change of people without an entry is refused at its commit, by name of the remedy', async () => {
    await ask(ana, 'rest', 'candidates.upsert', { candidateId: 'au-1', profile });
    for (const table of ['candidates', 'documents', 'embeddings', 'search_documents'])
      expect([table, await commit(touch(table))]).toEqual([table, 'ZA001']);
    const update = `update headhunter.candidates set profile = '{}' where tenant_id = '${tenant}'`;
    expect(await commit(update)).toBe('ZA001');
    await sql.query('begin');
    await sql.query("select set_config('app.tenant_id', $1, true)", [tenant]);
    await sql.query(update);
    await expect(sql.query('commit')).rejects.toMatchObject({ hint: expect.stringContaining('TenantDatabase.change') });
    expect(await peopleOf(tenant)).toBe(1);
    expect(await commit(touch('candidates'), record)).toBe('done');
    expect(await commit(record, touch('candidates'))).toBe('done');
  });

  it('an entry pays for its own transaction and tenant only', async () => {
    const other = await world.tenant('audit-other');
    const bind = (to: string) => `select set_config('app.tenant_id', '${to}', true)`;
    expect(await commit(record)).toBe('done');
    expect(await commit(touch('candidates'))).toBe('ZA001');
    expect(await commit(touch('candidates'), bind(other), record)).toBe('ZA001');
    expect(await commit(touch('candidates'), bind(''), bind(other), record, 'set constraints all immediate')).toBe(
      'ZA001',
    );
    expect(await commit(`savepoint s`, record, `rollback to savepoint s`, touch('candidates'))).toBe('ZA001');
    expect(await commit(touch('candidates'), bind(other), record, bind(tenant), record)).toBe('done');
  });

  it('every tenant table that can be written to asks for an entry, but those that count, remember answers and rankings or hold money', async () => {
    const others = [
      'budget_months',
      'budget_reservations',
      'corpora',
      'decisions',
      'idempotency_keys',
      'market_revisions',
      'skill_neighbourhoods',
      'skill_weeks',
      'term_counts',
    ];
    const { rows: open } = await sql.query(
      `select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
       where c.relnamespace = 'headhunter'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and has_table_privilege(c.oid, 'insert, update, delete')
         and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'owes_audit' and t.tgenabled = 'O')
       order by 1`,
    );
    expect(open.map(({ name }) => name)).toEqual(others);
  });

  it('no entry can be added, edited or deleted, and no head or debt touched', async () => {
    expect(await commit(record)).toBe('done');
    for (const table of ['audit_entries', 'audit_heads', 'audit_debts']) {
      const columns = table === 'audit_entries' ? 'body' : 'xact';
      for (const statement of [
        `insert into headhunter.${table} select * from headhunter.${table}`,
        `update headhunter.${table} set ${columns} = ${columns}`,
        `delete from headhunter.${table}`,
        `truncate headhunter.${table}`,
        `select from headhunter.${table} for update`,
        `alter table headhunter.${table} disable trigger all`,
      ])
        expect([statement, await commit(statement)]).toEqual([statement, '42501']);
    }
    expect(await commit('set session_replication_role = replica')).toBe('42501');
    expect(await commit('alter table headhunter.candidates disable trigger owes_audit')).toBe('42501');
    expect(await entriesOf(tenant)).toHaveLength(1);
  });

  it('an entry has to say who did what, and for whom the transaction is', async () => {
    for (const wrong of ['{}', '[]', '"x"', body.replace('"actor"', '"author"')])
      expect([wrong, await commit(`select headhunter.record_audit('${wrong}')`)]).toEqual([wrong, '23514']);
    expect(await commit(`select headhunter.record_audit('no json')`)).toBe('22P02');
    expect(await commit(`select set_config('app.tenant_id', '', true)`, record)).toBe('42501');
  });
});

describe('twenty writers at once', () => {
  it('make one chain without a gap, hashed as the contract says', async () => {
    const calls = Array.from({ length: 20 }, (_, i) =>
      database.change(async (s) => {
        await s.query(`delete from headhunter.candidates where tenant_id = ${s.tenant}`);
        return { result: i, entry: { action: 'candidate.removed', subjects: [`número-${i}`] } };
      }),
    );
    await Promise.all(calls);
    const entries = await entriesOf(tenant);
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
    let previousHash = auditGenesis.hash;
    for (const entry of entries) {
      expect([entry.previousHash, entry.hash]).toEqual([previousHash, auditHash(entry)]);
      previousHash = entry.hash;
    }
    const [head] = await rows.query('select seq::int as seq, hash from headhunter.audit_heads where tenant_id = $1', [
      tenant,
    ]);
    expect(head).toEqual({ seq: 20, hash: previousHash });
    expect(await rows.query('select from headhunter.audit_debts where tenant_id = $1', [tenant])).toEqual([]);
  }, 60_000);
});
