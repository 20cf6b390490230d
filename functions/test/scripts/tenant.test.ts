import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { text as readAll } from 'node:stream/consumers';
import { openWorld, type World } from '../harness.ts';
import { tellSecret } from '../known-secrets.ts';

/** `npm run tenant -- ...args`, on the stores of this run. */
async function tenant(...args: string[]) {
  const child = spawn(process.execPath, ['scripts/tenant.ts', ...args]);
  child.stdin.end();
  const [out, err] = await Promise.all([readAll(child.stdout), readAll(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, out, err };
}
const json = async (...args: string[]) => {
  const { code, out, err } = await tenant('--json', '--as', 'olga', ...args);
  expect([code, code === 0 ? '' : err]).toEqual([0, '']);
  return JSON.parse(out);
};

describe('npm run tenant', () => {
  it.each([
    [['create', 'a!', '--name', 'X', '--admin', 'a@example.com'], 'must be 3 to 64'],
    [['create', 'acme-x', '--name', 'X'], '--admin'],
    [['whatever'], '--help'],
  ])('refuses %j with the remedy and code 1', async (args, remedy) => {
    const { code, out, err } = await tenant(...args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(remedy);
  });
});

// Another process reaches Google's emulator only.
const withEmulator = process.env['FIRESTORE_EMULATOR_HOST'] ? describe : describe.skip;
withEmulator('npm run tenant, on a tenant', () => {
  const id = `cli-${randomBytes(5).toString('hex')}`;
  let world: World;
  let created: Record<string, string>;

  beforeAll(async () => {
    world = await openWorld();
    created = await json('create', id, '--name', 'Talentos', '--admin', `${id}@example.com`);
    for (const secret of ['apiKey', 'clientSecret']) tellSecret(secret, created[secret]);
  });
  afterAll(() => world.close());

  const signIn = async (apiKey: string | undefined) => {
    const { clientId: client_id, clientSecret: client_secret } = created;
    const asked = { grant_type: 'client_credentials', client_id, client_secret };
    const { body } = await world.anonymous.rest('POST', '/oauth/token', asked);
    return world.withToken(body.access_token, { 'x-api-key': apiKey ?? '' });
  };

  it('makes one whose first key and client work at once, and says everything that is shown once', async () => {
    expect(created).toMatchObject({ tenantId: id, status: 'active', apiKey: expect.stringMatching(/^hhk_/) });
    expect(created['passwordLink']).toContain('http');
    const { status } = await (await signIn(created['apiKey'])).rest('GET', '/v1/candidates');
    expect(status).toBe(200);
  });

  it('gives a key to a pipe and the warning beside it, and ends the key at once', async () => {
    const { out, err } = await tenant('--json', 'keys', 'create', id, '--name', 'ATS', '--scopes', 'candidates:read');
    const { keyId, key } = JSON.parse(out);
    tellSecret('apiKey', key);
    expect(err).toContain('Shown once');
    expect((await (await signIn(key)).rest('GET', '/v1/candidates')).status).toBe(200);
    expect(await json('keys', 'revoke', id, keyId)).toEqual([expect.objectContaining({ keyId, status: 'revoked' })]);
    const { out: table } = await tenant('keys', 'list', id);
    expect(table).toContain(keyId);
    expect(table).not.toContain(key);
  });

  it('suspends it, and erases nothing while nobody has typed its id', async () => {
    expect(await json('suspend', id)).toMatchObject({ status: 'suspended' });
    const refused = await tenant('offboard', id);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('--yes-erase')]);
    const other = await tenant('offboard', id, '--yes-erase', 'another');
    expect([other.code, other.err]).toEqual([1, expect.stringContaining('nothing was done')]);
    expect(await json('resume', id)).toMatchObject({ status: 'active' });
  });

  it('is in the audit log under the name of whoever did it', async () => {
    const auditor = await world.person(id, ['auditor']);
    const { body } = await auditor.rest('GET', '/v1/admin/audit?action=tenant.suspended');
    expect(body.entries).toEqual([
      expect.objectContaining({ actorKind: 'operator', actor: 'olga', by: 'script.tenant suspend' }),
    ]);
  });
});
