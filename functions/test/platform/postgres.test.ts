import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import pg from 'pg';
import { TenantId } from '../../src/contract/ids.ts';
import { traceOf, traceparentOf } from '../../src/contract/trace.ts';
import { newCallFacts, withCallFacts } from '../../src/platform/call-facts.ts';
import type { Connections } from '../../src/platform/postgres.ts';
import { closePostgres, openPostgres } from '../../src/platform/runtime-database.ts';
import { bindTenant as bind } from '../../src/platform/tenant-database.ts';
import { byTests } from '../attribution.ts';

const acme = TenantId.parse('acme-pg-test');
const globex = TenantId.parse('globex-pg-test');
const bindTenant = (pool: Connections, tenant: TenantId) => bind(pool, tenant, byTests);
const bound = (s: { query<Row>(text: string): Promise<{ rows: Row[] }> }) =>
  s.query<{ tenant: string | null }>('select headhunter.bound_tenant() as tenant').then(({ rows }) => rows[0]?.tenant);

afterAll(() => closePostgres());

describe('a transaction of a tenant', () => {
  it('is bound to it, and the connection forgets it afterwards', async () => {
    const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 1 });
    expect(await bindTenant(pool, acme).transaction(bound)).toBe(acme);
    expect((await pool.query('select headhunter.bound_tenant() as tenant')).rows[0].tenant).toBeNull();
    expect(await bindTenant(pool, globex).transaction(bound)).toBe(globex);
    await bindTenant(pool, acme).call('headhunter.search_terms(s.tenant, $1::int[], $2::real[], $3::jsonb, $4)', [
      [1],
      [1],
      '{}',
      1,
    ]);
    expect((await pool.query('select headhunter.bound_tenant() as tenant')).rows[0].tenant).toBeNull();
    await pool.end();
  });

  it('names the trace of its call in every statement, and counts them', async () => {
    const facts = newCallFacts(traceOf({ traceparent: undefined, cloudTraceContext: undefined }));
    const text = await withCallFacts(facts, () =>
      bindTenant(
        new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 1, allowExitOnIdle: true }),
        acme,
      ).transaction(async (s) => (await s.query<{ text: string }>('select current_query() as text')).rows[0]?.text),
    );
    expect(text).toBe(`select current_query() as text /*traceparent='${traceparentOf(facts.trace)}'*/`);
    expect(facts).toMatchObject({ databaseStatements: 1, databaseMs: expect.any(Number) });
  });

  it('keeps to its own tenant when many run at once', async () => {
    const pool = openPostgres();
    const tenants = Array.from({ length: 40 }, (_, i) => TenantId.parse(`crowd-${i}`));
    expect(await Promise.all(tenants.map((tenant) => bindTenant(pool, tenant).transaction(bound)))).toEqual(tenants);
  });

  it('is undone when its work throws, and the connection goes on working', async () => {
    const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 1 });
    const database = bindTenant(pool, acme);
    const insert = 'insert into headhunter.corpora (tenant_id, candidates) values ($1, 1)';
    const failing = database.change(async (s) => {
      await s.query(insert, [acme]);
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toThrow('changed my mind');
    const count = () =>
      database.transaction((s) => s.query<{ n: number }>('select count(*)::int as n from headhunter.corpora'));
    expect((await count()).rows).toEqual([{ n: 0 }]);
    await expect(database.transaction((s) => s.query('select no_such_column'))).rejects.toMatchObject({
      code: '42703',
    });
    expect((await count()).rows).toEqual([{ n: 0 }]);
    await pool.end();
  });
});

describe('a database that is away', () => {
  let silent: Server;
  beforeAll(() => {
    // Takes connections and never says a word.
    silent = createServer((socket) => socket.on('error', () => {}));
    return new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => void silent.close());

  it.each([
    ['refuses connections', () => 1],
    ['never answers', () => (silent.address() as AddressInfo).port],
  ])('is told as database.unavailable: it %s', async (_, port) => {
    const pool = new pg.Pool({
      host: '127.0.0.1',
      port: port(),
      user: 'x',
      database: 'x',
      connectionTimeoutMillis: 200,
    });
    const database = bindTenant(pool, acme);
    await expect(database.transaction(bound)).rejects.toMatchObject({ code: 'database.unavailable' });
    await expect(database.call('now()', [])).rejects.toMatchObject({ code: 'database.unavailable' });
    await pool.end();
  });

  it('is told so when a statement outlasts its limit', async () => {
    const pool = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 1, query_timeout: 100 });
    pool.on('error', () => {});
    const slow = bindTenant(pool, acme).transaction((s) => s.query('select pg_sleep(1)'));
    await expect(slow).rejects.toMatchObject({ code: 'database.unavailable' });
    await pool.end();
  });

  it('is told so when the connection is lost in the middle of a transaction, and the next call gets a new one', async () => {
    const other = new pg.Pool({ connectionString: process.env['DATABASE_URL'], max: 1 });
    other.on('error', () => {});
    const cut = bindTenant(other, acme).transaction(async (s) => {
      const client = (other as unknown as { _clients: { connection: { stream: { destroy(): void } } }[] })._clients[0];
      client?.connection.stream.destroy();
      await s.query('select 1');
    });
    await expect(cut).rejects.toMatchObject({ code: 'database.unavailable' });
    expect(await bindTenant(other, acme).transaction(bound)).toBe(acme);
    await other.end();
  });
});
