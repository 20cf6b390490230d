import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { TenantId } from '../../src/contract/ids.ts';
import { openWorld, type World } from '../harness.ts';

// The embedded Postgres has one session: whoever holds a transaction open holds everybody up.
const onNative = process.env['HEADHUNTER_POSTGRES_ADMIN_URL'] ? it : it.skip;

let world: World;
let operator: pg.Client;
let reader: pg.Client;
let leaving: TenantId;

const clientOf = async (name: string) => {
  const client = new pg.Client({ connectionString: process.env[name] });
  await client.connect();
  return client;
};
const value = async (statement: string) => Object.values((await operator.query(statement, [leaving])).rows[0])[0];

beforeAll(async () => {
  world = await openWorld();
  [operator, reader] = [await clientOf('OPERATOR_DATABASE_URL'), await clientOf('ADMIN_DATABASE_URL')];
  leaving = await world.tenant('leaving');
  const person = await world.person(leaving);
  const profile = { fullName: 'Vai Embora', title: 'Apicultor' };
  for (const candidateId of ['one', 'two']) {
    const { status } = await person.rest('POST', '/v1/candidates', { candidateId, profile });
    expect(status).toBe(200);
  }
  await value('select headhunter.promote_prepare($1)');
  await value('select headhunter.promote_switch($1, null)');
});
afterAll(async () => {
  await Promise.all([operator.end(), reader.end()]);
  await world.close();
});

describe('erasing a tenant with partitions of its own', () => {
  onNative('holds one table at a time, so that whoever reads another gets to it', async () => {
    await reader.query('begin');
    await reader.query("set local statement_timeout = '4s'");
    // What is erased last of all stays in use, so that the erasure has to wait in the middle.
    await reader.query('select from headhunter.candidates limit 1');
    let going = true;
    const erasure = (async () => {
      while (going && Number(await value('select headhunter.tenant_erase($1, 100)')) > 0);
    })();
    await sleep(800);
    for (const table of ['search_documents', 'embeddings', 'corpora', 'term_counts'])
      await reader.query(`select from headhunter.${table} limit 1`);
    await reader.query('commit');
    await erasure;
    going = false;
  });

  it('ends with nothing left, in any table', async () => {
    while (Number(await value('select headhunter.tenant_erase($1, 100)')) > 0);
    const { rows } = await operator.query('select * from headhunter.tenant_counts($1) where held > 0', [leaving]);
    expect(rows).toEqual([]);
  });
});
