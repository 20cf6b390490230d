import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { TenantId } from '../../src/contract/ids.ts';
import { recountNeighbours } from '../../src/domain/msgs/recount-neighbours.ts';
import { operatorDatabase } from '../../src/platform/postgres.ts';
import { openPostgres } from '../../src/platform/runtime-database.ts';
import { bindTenant } from '../../src/platform/tenant-database.ts';
import { budgetsOf } from '../../src/stores/budgets.ts';
import { neighbourCountsOf } from '../../src/stores/neighbour-counts.ts';
import { byTests } from '../attribution.ts';
import { type Json, openWorld, type World } from '../harness.ts';
import { keepExampleProposal } from '../title-proposal.ts';

/** Two tenants with the same twelve people each, and a connection as the runtime role with nothing of ours in between. */
export interface Attack {
  readonly a: string;
  readonly b: string;
  readonly tables: readonly string[];
  /** Whatever else holds a tenant's id: partitions, copies being prepared, who is promoted. */
  readonly partitions: readonly string[];
  /** Runs as somebody's transaction, or nobody's, and leaves no trace; the error's code when it is refused. */
  attempt(tenant: string | undefined, statement: string, values?: unknown[]): Promise<Json[] | string>;
  count(tenant: string | undefined, table: string, where?: string): Promise<number>;
  close(): Promise<void>;
}

const names = ['Ana', 'Bia', 'Caio', 'Davi', 'Enzo', 'Fábio', 'Gabi', 'Hugo', 'Inês', 'Jana', 'Kátia', 'Léo'];
const contentBase64 = Buffer.from('Joana Exemplo\nAnalista de Dados\nSQL e Python em Recife.\n').toString('base64');

async function fill(world: World, name: string): Promise<TenantId> {
  const tenant = await world.tenant(name);
  const person = await world.person(tenant);
  const profile = { title: 'Analista de dados', skills: [{ name: 'SQL' }] };
  const candidates = names.map((one, i) => ({
    candidateId: `sec-${i + 1}`,
    profile: { ...profile, fullName: `${one} Exemplo` },
  }));
  expect(
    (await person.call('candidates.import', { candidates }, { 'idempotency-key': `import-of-${tenant}` })).status,
  ).toBe(200);
  const file = { candidateId: 'sec-1', fileName: 'cv.txt', contentBase64 };
  expect((await person.call('candidates.upload', file)).status).toBe(200);
  expect((await person.call('enrich.profile', { candidateId: 'sec-1', async: false })).status).toBe(200);
  const alias = { ecoId: 'own:dba', aliases: [`Guardiã dos dados de ${name}`] };
  expect((await person.call('eco.override', alias)).status).toBe(200);
  const market = [
    { postedAt: '2026-01-12', source: 'gupy', title: 'Analista de dados', skills: ['SQL', 'Python'], count: 9 },
    { postedAt: '2026-01-12', source: 'gupy', skill: 'SQL', count: 9 },
  ];
  expect((await person.call('msgs.import', { postings: market })).status).toBe(200);
  await keepExampleProposal(tenant);
  const budgets = budgetsOf(bindTenant(openPostgres(), tenant, byTests), async () => 100);
  await budgets.reserve(randomUUID(), 100, 60, new Date());
  expect((await person.call('search.hybrid', { query: 'SQL' })).status).toBe(200);
  return tenant;
}

export async function openAttack(): Promise<Attack> {
  const world = await openWorld();
  const [a, b] = [await fill(world, 'sec-a'), await fill(world, 'sec-b')];
  const counts = neighbourCountsOf(operatorDatabase);
  const recounts = recountNeighbours({ ...counts, outdated: async () => [a, b] }, () => false, new Date());
  for await (const { left } of recounts) expect(left).toBeNull();
  const sql = new pg.Client({ connectionString: process.env['DATABASE_URL'] });
  await sql.connect();
  const { rows } = await sql.query<{ name: string; kind: string }>(
    `select c.relname as name, c.relkind as kind from pg_class c
     join pg_attribute t on t.attrelid = c.oid and t.attname = 'tenant_id'
     where c.relnamespace = 'headhunter'::regnamespace and c.relkind in ('r', 'p')`,
  );
  const attempt: Attack['attempt'] = async (tenant, statement, values = []) => {
    await sql.query('begin');
    try {
      if (tenant !== undefined) await sql.query("select set_config('app.tenant_id', $1, true)", [tenant]);
      return (await sql.query(statement, values)).rows;
    } catch (error) {
      return (error as pg.DatabaseError).code ?? 'no code';
    } finally {
      await sql.query('rollback');
    }
  };
  const ofKind = (wanted: string) => rows.filter(({ kind }) => kind === wanted).map(({ name }) => name);
  return {
    a,
    b,
    tables: ofKind('p'),
    partitions: ofKind('r'),
    attempt,
    async count(tenant, table, where = 'true') {
      const counted = await attempt(tenant, `select count(*)::int as n from headhunter.${table} where ${where}`);
      return (counted[0] as { n: number }).n;
    },
    async close() {
      await sql.end();
      await world.close();
    },
  };
}
