import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { TenantId } from '../../src/contract/ids.ts';
import { closePostgres, openPostgres } from '../../src/platform/runtime-database.ts';
import { scramVerifier } from '../../src/platform/scram-verifier.ts';
import { closeSecrets, openSecrets, readSecret } from '../../src/platform/secrets.ts';
import { bindTenant } from '../../src/platform/tenant-database.ts';
import { byTests } from '../attribution.ts';
import { type OwnDatabase, openOwnDatabase } from '../own-database.ts';

const acme = TenantId.parse('acme-login');
const folder = mkdtempSync(path.join(tmpdir(), 'login-pool-'));
const before = { ...process.env };
let database: OwnDatabase;

const admit = async (login: string, password: string) =>
  database.admin.query('select headhunter.admit_login($1, $2)', [login, await scramVerifier(password)]);
const refuse = (login: string) => database.admin.query('select headhunter.refuse_login($1)', [login]);
const who = () =>
  bindTenant(openPostgres(), acme, byTests)
    .transaction((s) => s.query<{ login: string }>('select session_user as login'))
    .then(({ rows }) => rows[0]?.login);
const change = async (url: string) => {
  const secrets = await openSecrets();
  await secrets.makeCurrent('DATABASE_URL', await secrets.addVersion('DATABASE_URL', url));
};
const logged = (event: string) =>
  ((globalThis as { logLines?: string[] }).logLines ?? []).filter((line) => line.includes(`"${event}"`)).length;

beforeAll(async () => {
  database = await openOwnDatabase();
}, 120_000);
let file = 0;
beforeEach(async () => {
  closeSecrets();
  await admit('headhunter_runtime_a', 'password-of-a');
  await admit('headhunter_runtime_b', 'password-of-b');
  process.env['SECRETS_FILE'] = path.join(folder, `${++file}`, '.secret.local');
  process.env['SECRET_TTL_SECONDS'] = '300';
  process.env['DATABASE_POOL_SIZE'] = '3';
  process.env['DATABASE_URL'] = database.url('headhunter_runtime_a', 'password-of-a');
});
afterEach(() => closePostgres());
afterAll(async () => {
  await database.stop();
  closeSecrets();
  Object.assign(process.env, before);
  rmSync(folder, { recursive: true });
});

describe('the runtime’s connections', () => {
  it('are by the login that the function was deployed with', async () => {
    expect(await who()).toBe('headhunter_runtime_a');
  });

  it('are by the login of the secret once the first is refused, and no call fails', async () => {
    await change(database.url('headhunter_runtime_b', 'password-of-b'));
    await refuse('headhunter_runtime_a');
    expect(await Promise.all(Array.from({ length: 10 }, who))).toEqual(Array(10).fill('headhunter_runtime_b'));
  });

  it('move to another login while calls go on: those that have begun finish on the old one', async () => {
    process.env['SECRET_TTL_SECONDS'] = '0.1';
    let login: string | undefined;
    await bindTenant(openPostgres(), acme, byTests).transaction(async (s) => {
      await change(database.url('headhunter_runtime_b', 'password-of-b'));
      while ((await readSecret('DATABASE_URL')).value.includes('runtime_a')) await sleep(20);
      login = (await s.query<{ login: string }>('select session_user as login')).rows[0]?.login;
    });
    expect(login).toBe('headhunter_runtime_a');
    let calls = 0;
    while ((await who()) !== 'headhunter_runtime_b') calls += 1;
    expect(calls).toBeGreaterThan(0);
  });

  it('move to another login while calls wait for a connection of the old one: each gets it', async () => {
    process.env['SECRET_TTL_SECONDS'] = '0.1';
    process.env['DATABASE_POOL_SIZE'] = '1';
    const held = await openPostgres().connect();
    const waiting = Array.from({ length: 5 }, who);
    await change(database.url('headhunter_runtime_b', 'password-of-b'));
    while ((await readSecret('DATABASE_URL')).value.includes('runtime_a')) await sleep(20);
    // The first call finds out and still waits with the others; once the new login is let in, calls go by it.
    for (let call = who(); (await Promise.race([call, sleep(200)])) !== 'headhunter_runtime_b'; call = who())
      waiting.push(call);
    held.release();
    expect(await Promise.all(waiting)).toEqual(waiting.map(() => 'headhunter_runtime_a'));
  });

  it('stay with the old login while the new one is not let in, which the log tells', async () => {
    process.env['SECRET_TTL_SECONDS'] = '0.1';
    await who();
    await change(database.url('headhunter_runtime_b', 'not-the-password'));
    while ((await readSecret('DATABASE_URL')).value.includes('runtime_a')) await sleep(20);
    for (let i = 0; i < 5; i += 1) expect(await who()).toBe('headhunter_runtime_a');
    while (logged('database.login_not_taken') === 0) await sleep(20);
    expect(await who()).toBe('headhunter_runtime_a');
  });

  it('are not to be had when no login is let in: database.unavailable', async () => {
    await refuse('headhunter_runtime_a');
    await expect(who()).rejects.toMatchObject({ code: 'database.unavailable' });
    await admit('headhunter_runtime_a', 'password-of-a');
    expect(await who()).toBe('headhunter_runtime_a');
  });

  it('do not move to a login that has more than the runtime role', async () => {
    await database.admin.query('grant headhunter_operator to headhunter_runtime_b');
    await change(database.url('headhunter_runtime_b', 'password-of-b'));
    await refuse('headhunter_runtime_a');
    await expect(who()).rejects.toMatchObject({ code: 'database.unavailable' });
    await database.admin.query('revoke headhunter_operator from headhunter_runtime_b');
  });
});

describe('the rotator’s login', () => {
  let rotator: pg.Client;
  beforeAll(async () => {
    rotator = new pg.Client({ connectionString: database.url('headhunter_rotator') });
    await rotator.connect();
  });
  afterAll(() => rotator.end());
  const code = (sql: string, values: unknown[] = []) =>
    rotator.query(sql, values).then(
      () => 'done',
      (error: pg.DatabaseError) => error.code,
    );

  it('sets and ends the password of either runtime login', async () => {
    expect(
      await code('select headhunter.admit_login($1, $2)', ['headhunter_runtime_b', await scramVerifier('x')]),
    ).toBe('done');
    expect(await code('select headhunter.refuse_login($1)', ['headhunter_runtime_b'])).toBe('done');
  });

  it.each([
    ['the password of another role', "select headhunter.refuse_login('headhunter_operator')"],
    ['its own password', "select headhunter.refuse_login('headhunter_rotator')"],
    ['a role by a statement of its own', 'alter role headhunter_runtime_a nologin'],
    ['a new role', 'create role intruder'],
    ['membership of the runtime role', 'grant headhunter_runtime_a to headhunter_rotator'],
    ['the role behind its functions', 'set role headhunter_keeper'],
    ['candidates', 'select * from headhunter.candidates'],
    ['the counts of words', 'select * from headhunter.corpora'],
    ['a definer function of the operator’s', "select headhunter.promote_prepare('acme')"],
  ])('reaches no more: %s', async (_, sql) => {
    expect(await code(sql)).toBe('42501');
  });

  it.each(['a password in plain', "SCRAM-SHA-256$4096:x'; drop schema headhunter; --", ''])(
    'takes nothing but a verifier: %s',
    async (text) => {
      expect(await code('select headhunter.admit_login($1, $2)', ['headhunter_runtime_a', text])).toBe('22023');
    },
  );
});
