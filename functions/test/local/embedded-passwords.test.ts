import pg from 'pg';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../../scripts/lib/embedded-postgres.ts';
import { scramVerifier } from '../../src/platform/scram-verifier.ts';

let server: EmbeddedPostgres;
let admin: pg.Client;

const connect = async (user: string, password?: string) => {
  const url = new URL(server.url(user));
  url.password = password === undefined ? '' : encodeURIComponent(password);
  const client = new pg.Client({ connectionString: url.href, application_name: 'of-this-test' });
  client.on('error', () => {});
  await client.connect();
  return client;
};
const refusal = (user: string, password?: string) =>
  connect(user, password).then(
    (client) => client.end().then(() => 'let in'),
    (error: pg.DatabaseError) => error.code ?? error.message,
  );

beforeAll(async () => {
  server = await startEmbeddedPostgres();
  admin = await connect('postgres');
  await admin.query('create role clerk login; create role plain login; create role wordy login');
  await admin.query(`alter role clerk password '${await scramVerifier('the right one')}'`);
  await admin.query(`alter role wordy password 'set by the server'`);
});
afterAll(async () => {
  await admin.end();
  await server.stop();
});

describe('embedded Postgres, passwords', () => {
  it.each([
    ['the right password', 'clerk', 'the right one', 'let in'],
    ['the right password that the server itself hashed', 'wordy', 'set by the server', 'let in'],
    ['a wrong password', 'clerk', 'the wrong one', '28P01'],
    ['no password where one is asked', 'clerk', undefined, /client password must be/],
    ['a password of a role that has none', 'plain', 'anything', 'let in'],
    ['no password for a role that has none', 'plain', undefined, 'let in'],
  ])('%s', async (_, user, password, outcome) => {
    expect(await refusal(user, password)).toEqual(
      typeof outcome === 'string' ? outcome : expect.stringMatching(outcome),
    );
  });

  it('a changed password counts for the next connection, and those that are open go on', async () => {
    const open = await connect('clerk', 'the right one');
    await admin.query(`alter role clerk password '${await scramVerifier('a newer one')}'`);
    expect((await open.query('select 1 as v')).rows).toEqual([{ v: 1 }]);
    expect(await refusal('clerk', 'the right one')).toBe('28P01');
    expect(await refusal('clerk', 'a newer one')).toBe('let in');
    await admin.query('alter role clerk nologin');
    expect(await refusal('clerk', 'a newer one')).toBe('28000');
    expect((await open.query('select 1 as v')).rows).toEqual([{ v: 1 }]);
    await open.end();
  });

  it('a password that is no longer valid is a wrong one', async () => {
    await admin.query("alter role wordy valid until 'yesterday'");
    expect(await refusal('wordy', 'set by the server')).toBe('28P01');
    await admin.query("alter role wordy valid until 'tomorrow'");
    expect(await refusal('wordy', 'set by the server')).toBe('let in');
  });

  it('tells in pg_stat_activity who is connected, and forgets who left', async () => {
    const sessions = () =>
      admin
        .query("select usename, application_name from pg_stat_activity where usename = 'plain'")
        .then(({ rows }) => rows);
    const two = [await connect('plain'), await connect('plain')];
    expect(await sessions()).toEqual(two.map(() => ({ usename: 'plain', application_name: 'of-this-test' })));
    for (const one of two) await one.end();
    for (let i = 0; i < 100 && (await sessions()).length > 0; i += 1) await new Promise((r) => setTimeout(r, 10));
    expect(await sessions()).toEqual([]);
  });
});
