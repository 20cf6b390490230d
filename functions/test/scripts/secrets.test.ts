import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openLocalSecrets } from '../../src/platform/local-secrets.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'secrets-cli-'));
const file = path.join(folder, 'secret.local');
afterAll(() => rmSync(folder, { recursive: true }));

/** `npm run secrets -- ...args`, on a file of its own and a Firestore project of its own. */
async function secrets(...args: string[]) {
  const env = { ...process.env, SECRETS_FILE: file, GCLOUD_PROJECT: 'demo-secrets-cli' };
  const child = spawn(process.execPath, ['scripts/secrets.ts', ...args], { env: { ...env, OAUTH_SIGNING_KEY: '' } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const [code] = await once(child, 'exit');
  return { code, said };
}

it('refuses what is not rotated by itself, and names the way to what is', async () => {
  const { code, said } = await secrets('rotate', 'REDIS_URL');
  expect(code).toBe(1);
  expect(said).toContain('REDIS_URL is not rotated by itself; npm run secrets -- list');
});

it('explains itself', async () => {
  const { code, said } = await secrets('--help');
  expect(code).toBe(0);
  for (const command of ['init', 'list', 'status', 'rotate', 'deliver']) expect(said).toContain(command);
});

const withEmulator = process.env['FIRESTORE_EMULATOR_HOST'] ? it : it.skip;
withEmulator('makes the first signing key of a project, once', async () => {
  const first = await secrets('init');
  expect(first).toEqual({ code: 0, said: expect.stringContaining('was made and signs') });
  const { value } = await openLocalSecrets(file, () => undefined).read('OAUTH_SIGNING_KEY');
  const { kid, d } = JSON.parse(value);
  expect(await secrets('init')).toEqual({
    code: 0,
    said: expect.stringContaining(`${kid} was there already and signs`),
  });
  expect(first.said).not.toContain(d);
});

withEmulator('begins a rotation by hand and tells how far it has come, and no value', async () => {
  expect((await secrets('rotate', 'OAUTH_SIGNING_KEY')).said).toContain('waiting, next step: switch');
  expect((await secrets('status')).said).toContain('OAUTH_SIGNING_KEY (signing-key): waiting, next step: switch');
  const { said } = await secrets('list');
  expect(said).toContain('2 enabled, 1 enabled (current)');
  const { value } = await openLocalSecrets(file, () => undefined).read('OAUTH_SIGNING_KEY');
  expect(said).not.toContain(JSON.parse(value).d);
});
