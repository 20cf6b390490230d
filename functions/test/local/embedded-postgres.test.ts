import { mkdtemp, rm } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../scripts/lib/embedded-postgres.ts';

let server: EmbeddedPostgres;
let pool: pg.Pool;

const range = (length: number) => Array.from({ length }, (_, i) => i);
const client = async (user: string) => {
  const one = new pg.Client({ connectionString: server.url(user) });
  one.on('error', () => {});
  await one.connect();
  return one;
};
const codeOf = async (work: Promise<unknown>) =>
  await work.then(
    () => 'no error',
    (error: pg.DatabaseError) => error.code,
  );

beforeAll(async () => {
  server = await startEmbeddedPostgres();
  pool = new pg.Pool({ connectionString: server.url('postgres'), max: 20 });
  await pool.query('create table notes (tenant text not null, body text not null)');
  await pool.query('create role clerk login; create role vault nologin; grant select, insert on notes to clerk');
  await pool.query('alter table notes enable row level security');
  await pool.query(
    "create policy own on notes using (tenant = current_setting('app.tenant')) with check (tenant = current_setting('app.tenant'))",
  );
  await pool.query("insert into notes values ('acme', 'of acme'), ('bolt', 'of bolt')");
}, 60_000);

afterAll(async () => {
  await pool.end();
  await server.stop();
});

describe('embedded Postgres, many connections', () => {
  it('gives each of 20 connections its own 50 answers', async () => {
    const clients = await Promise.all(range(20).map(() => client('postgres')));
    const answers = await Promise.all(
      clients.map((one, c) =>
        range(50).reduce<Promise<unknown[]>>(async (before, q) => {
          const rows = await before;
          return [...rows, ...(await one.query('select $1::int as c, $2::text as q', [c, `q${q}`])).rows];
        }, Promise.resolve([])),
      ),
    );
    expect(answers).toEqual(range(20).map((c) => range(50).map((q) => ({ c, q: `q${q}` }))));
    await Promise.all(clients.map((one) => one.end()));
  });

  it('answers the others when one of them fails', async () => {
    const results = await Promise.allSettled(range(60).map((i) => pool.query('select 1 / $1::int as v', [i % 3])));
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(20);
    expect((await pool.query('select 1 as v')).rows).toEqual([{ v: 1 }]);
  });

  it('returns a result of 5 MB and takes a parameter of 5 MB', async () => {
    const text = 'ação '.repeat(1_000_000);
    const { rows } = await pool.query('select $1::text as back, length($1::text) as n', [text]);
    expect(rows[0].n).toBe(text.length);
    expect(rows[0].back === text).toBe(true);
    expect((await pool.query('select repeat($1, 1000) as r from generate_series(1, 5000)', ['x'])).rows).toHaveLength(
      5000,
    );
  });

  it('reads a result in portions', async () => {
    const query: pg.QueryConfig & { rows: number } = { text: 'select generate_series(1, 25) as n', rows: 10 };
    const portions = range(5).map(() => pool.query(query).then(({ rows }) => rows.length));
    expect(await Promise.all(portions)).toEqual([25, 25, 25, 25, 25]);
  });
});

describe('embedded Postgres, transactions', () => {
  it('holds the others back until the transaction ends', async () => {
    const [writer, reader] = await Promise.all([client('postgres'), client('postgres')]);
    await writer.query('create table ledger (n int)');
    await writer.query('begin');
    await writer.query('insert into ledger values (1)');
    const seen = reader.query('select count(*)::int as n from ledger');
    await writer.query('insert into ledger values (2)');
    await writer.query('commit');
    expect((await seen).rows).toEqual([{ n: 2 }]);
    await Promise.all([writer.end(), reader.end()]);
  });

  it('keeps concurrent read-modify-write transactions atomic', async () => {
    await pool.query('create table counter (n int); insert into counter values (0)');
    await Promise.all(
      range(30).map(async () => {
        const one = await pool.connect();
        await one.query('begin');
        const { rows } = await one.query('select n from counter');
        await one.query('update counter set n = $1', [rows[0].n + 1]);
        await one.query('commit');
        one.release();
      }),
    );
    expect((await pool.query('select n from counter')).rows).toEqual([{ n: 30 }]);
  });

  it('rolls back when the client vanishes in the middle', async () => {
    await pool.query('create table lost (n int)');
    const one = await client('postgres');
    await one.query('begin');
    await one.query('insert into lost values (1)');
    (one as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
    expect((await pool.query('select count(*)::int as n from lost')).rows).toEqual([{ n: 0 }]);
  });

  it('refuses statements after an error until the rollback, also for its own refusals', async () => {
    const one = await client('clerk');
    await one.query('begin');
    expect(await codeOf(one.query('select 1/0'))).toBe('22012');
    expect(await codeOf(one.query('select 1'))).toBe('25P02');
    await one.query('rollback');
    await one.query('begin');
    expect(await codeOf(one.query('set session authorization postgres'))).toBe('42501');
    expect(await codeOf(one.query('select 1'))).toBe('25P02');
    await one.query('rollback');
    expect((await one.query('select 1 as v')).rows).toEqual([{ v: 1 }]);
    await one.end();
  });
});

describe('embedded Postgres, roles', () => {
  it('is the role that connected, query by query', async () => {
    const clerk = new pg.Pool({ connectionString: server.url('clerk'), max: 5 });
    const who = 'select current_user as c, session_user as s';
    const rows = await Promise.all(range(40).map((i) => (i % 2 ? clerk : pool).query(who).then((r) => r.rows[0])));
    expect(rows).toEqual(range(40).map((i) => (i % 2 ? { c: 'clerk', s: 'clerk' } : { c: 'postgres', s: 'postgres' })));
    await clerk.end();
  });

  it('holds a runtime role to row-level security', async () => {
    const one = await client('clerk');
    expect(await codeOf(one.query('select body from notes'))).toBe('42704');
    await one.query('begin');
    await one.query("select set_config('app.tenant', $1, true)", ['acme']);
    expect((await one.query('select body from notes')).rows).toEqual([{ body: 'of acme' }]);
    expect(await codeOf(one.query("insert into notes values ('bolt', 'x')"))).toBe('42501');
    await one.query('rollback');
    expect((await one.query('select body from notes')).rows).toEqual([]);
    expect((await pool.query('select body from notes')).rows).toHaveLength(2);
    await one.end();
  });

  it.each([
    'set session authorization postgres',
    'reset session authorization',
    'discard all',
    'set role vault',
    'drop table notes',
  ])('lets a runtime role not do: %s', async (sql) => {
    const one = await client('clerk');
    expect(await codeOf(one.query(sql))).toBe('42501');
    await one.end();
  });

  it('keeps session settings with the connection that made them', async () => {
    const [one, other] = await Promise.all([client('postgres'), client('postgres')]);
    await one.query("set app.colour = 'red'");
    expect((await other.query("select current_setting('app.colour', true) as v")).rows[0].v ?? '').toBe('');
    expect((await one.query("select current_setting('app.colour') as v")).rows).toEqual([{ v: 'red' }]);
    await Promise.all([one.end(), other.end()]);
  });

  it.each([
    ['an unknown role', 'nobody', '28000'],
    ['a role that may not log in', 'vault', '28000'],
    ['a role with a quote in its name', `x'"; select 1`, '28000'],
  ])('turns away %s', async (_what, user, code) => {
    expect(await codeOf(client(user))).toBe(code);
  });
});

describe('embedded Postgres, what it refuses', () => {
  it.each([
    ['COPY FROM STDIN', 'copy notes from stdin'],
    ['named prepared statements', { name: 'mine', text: 'select 1' }],
  ])('refuses %s with 0A000 and goes on', async (_what, query) => {
    expect(await codeOf(pool.query(query))).toBe('0A000');
    expect((await pool.query('select 1 as v')).rows).toEqual([{ v: 1 }]);
  });

  it.each([
    ['noise', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['a huge length', Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 3, 0, 0])],
    ['another protocol version', Buffer.from([0, 0, 0, 9, 0, 2, 0, 0, 0])],
  ])('hangs up on %s and serves the next client', async (_what, bytes) => {
    const socket = connect(server.port, '127.0.0.1');
    socket.write(bytes);
    const answer: Buffer[] = [];
    for await (const chunk of socket) answer.push(chunk as Buffer);
    expect(Buffer.concat(answer).toString('latin1')).toContain('C08P01');
    expect((await pool.query('select 1 as v')).rows).toEqual([{ v: 1 }]);
  });

  it('opens a data folder only once', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'embedded-postgres-'));
    const first = await startEmbeddedPostgres({ dataDir: `${folder}/data` });
    await expect(startEmbeddedPostgres({ dataDir: `${folder}/data` })).rejects.toThrow('stop it first');
    const keeper = new pg.Client({ connectionString: first.url('postgres') });
    await keeper.connect();
    await keeper.query('create table kept as select 42 as n');
    await keeper.end();
    await first.stop();
    const second = await startEmbeddedPostgres({ dataDir: `${folder}/data` });
    const reader = new pg.Client({ connectionString: second.url('postgres') });
    await reader.connect();
    expect((await reader.query('select n from kept')).rows).toEqual([{ n: 42 }]);
    await reader.end();
    await second.stop();
    await rm(folder, { recursive: true });
  }, 60_000);
});
