import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { traceOf, traceparentOf } from '../../src/contract/trace.ts';
import { newCallFacts, withCallFacts } from '../../src/platform/call-facts.ts';
import { openLocalSecrets } from '../../src/platform/local-secrets.ts';
import { openSecretManager } from '../../src/platform/secret-manager.ts';
import type { SecretProvider } from '../../src/platform/secret-provider.ts';
import { type SecretManagerServer, startSecretManagerServer } from '../fixtures/secret-manager-server.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'secrets-'));
let server: SecretManagerServer;
let manager: Awaited<ReturnType<typeof openSecretManager>>;
let files = 0;

beforeAll(async () => {
  server = await startSecretManagerServer();
  manager = await openSecretManager({ project: 'demo-headhunter', connection: server.connection });
});
beforeEach(() => server.fail());
afterAll(async () => {
  await manager.close();
  server.stop();
  rmSync(folder, { recursive: true });
});

const newFile = () => path.join(folder, `${++files}`, '.secret.local');
const providers: [string, () => SecretProvider][] = [
  ['Secret Manager', () => manager],
  ['a file on one machine', () => openLocalSecrets(newFile(), () => undefined)],
];
let secrets = 0;
const newName = () => `SECRET_${++secrets}`;

describe.each(providers)('secrets in %s', (_, open) => {
  it('are made with their first version, which is current', async () => {
    const [provider, name] = [open(), newName()];
    expect(await provider.list(name)).toEqual([]);
    expect(await provider.addVersion(name, 'first-value')).toBe('1');
    expect(await provider.read(name)).toEqual({ version: '1', value: 'first-value' });
    expect(await provider.names()).toContain(name);
  });

  it('keep a new version from readers until it is made current', async () => {
    const [provider, name] = [open(), newName()];
    await provider.addVersion(name, 'first-value');
    expect(await provider.addVersion(name, 'second-value')).toBe('2');
    expect((await provider.read(name)).value).toBe('first-value');
    expect((await provider.readVersion(name, '2')).value).toBe('second-value');
    await provider.makeCurrent(name, '2');
    expect(await provider.read(name)).toEqual({ version: '2', value: 'second-value' });
    expect((await provider.list(name)).map(({ version, state, current }) => [version, state, current])).toEqual([
      ['2', 'enabled', true],
      ['1', 'enabled', false],
    ]);
  });

  it('refuse a disabled version, give it back when it is enabled, and never again once it is destroyed', async () => {
    const [provider, name] = [open(), newName()];
    await provider.addVersion(name, 'first-value');
    await provider.addVersion(name, 'second-value');
    await provider.disable(name, '1');
    await expect(provider.readVersion(name, '1')).rejects.toThrow(/disabled/i);
    await provider.enable(name, '1');
    expect((await provider.readVersion(name, '1')).value).toBe('first-value');
    await provider.destroy(name, '1');
    await provider.destroy(name, '1');
    await expect(provider.readVersion(name, '1')).rejects.toThrow(/destroyed/i);
    await expect(provider.enable(name, '1')).rejects.toThrow(/destroyed/i);
    expect((await provider.list(name)).at(-1)).toMatchObject({ version: '1', state: 'destroyed' });
  });

  it('say what is missing', async () => {
    const provider = open();
    await expect(provider.read('NO_SUCH_SECRET')).rejects.toThrow();
    await expect(provider.readVersion('NO_SUCH_SECRET', '1')).rejects.toThrow();
    await expect(provider.disable('NO_SUCH_SECRET', '1')).rejects.toThrow();
  });
});

describe('Secret Manager', () => {
  it('is asked within the trace of the call it is for, and without one outside of a call', async () => {
    const trace = traceOf({ traceparent: undefined, cloudTraceContext: undefined });
    const name = newName();
    await withCallFacts(newCallFacts(trace), () => manager.addVersion(name, 'value-of-trace'));
    expect(server.trace()).toBe(traceparentOf(trace));
    await withCallFacts(newCallFacts(trace), () => manager.read(name));
    expect(server.trace()).toBe(traceparentOf(trace));
    await manager.read(name);
    expect(server.trace()).toBeUndefined();
  });

  const [internal, unavailable, denied] = [13, 14, 7];

  it('is asked for the newest version of a secret that was never rotated here', async () => {
    const name = newName();
    await manager.addVersion(name, 'first-value');
    // As `firebase functions:secrets:set` leaves it: versions, and no alias.
    await manager.addVersion(name, 'second-value');
    const { updateSecret } = await rawClient();
    await updateSecret(`projects/demo-headhunter/secrets/${name}`);
    expect(await manager.read(name)).toEqual({ version: '2', value: 'second-value' });
    await manager.addVersion(name, 'third-value');
    expect((await manager.read(name)).value).toBe('second-value');
  });

  it('is asked again for a read when it was away for a moment, and not for a write', async () => {
    const name = newName();
    await manager.addVersion(name, 'first-value');
    server.fail(unavailable);
    expect((await manager.read(name)).value).toBe('first-value');
    server.fail(unavailable);
    await expect(manager.disable(name, '1')).rejects.toMatchObject({ code: unavailable });
    expect((await manager.list(name)).map(({ state }) => state)).toEqual(['enabled']);
  });

  it.each([
    ['permission is denied', denied],
    ['it fails', internal],
  ])('is not asked again when %s', async (_, code) => {
    const name = newName();
    await manager.addVersion(name, 'first-value');
    server.fail(code);
    const before = server.calls.length;
    await expect(manager.readVersion(name, '1')).rejects.toMatchObject({ code });
    expect(server.calls.length - before).toBe(1);
  });

  it('is given up on when it hangs', async () => {
    const name = newName();
    await manager.addVersion(name, 'first-value');
    server.fail('hang', 'hang', 'hang', 'hang', 'hang');
    await expect(manager.readVersion(name, '1')).rejects.toMatchObject({ code: 4 });
  });

  it('says that it is away when it is', async () => {
    const other = await startSecretManagerServer();
    const gone = await openSecretManager({ project: 'demo-headhunter', connection: other.connection });
    await gone.addVersion('BEFORE', 'first-value');
    other.stop();
    await expect(gone.read('BEFORE')).rejects.toThrow(/Secret Manager/);
    await gone.close();
  });

  it('prints no value, even where Google’s clients are told to log', async () => {
    const program = `
      import { openSecretManager } from '${path.resolve('functions/src/platform/secret-manager.ts')}';
      import { startSecretManagerServer } from '${path.resolve('functions/test/fixtures/secret-manager-server.ts')}';
      const server = await startSecretManagerServer();
      const manager = await openSecretManager({ project: 'p', connection: server.connection });
      await manager.addVersion('NAME', 'a-value-to-hide');
      console.log((await manager.read('NAME')).value.length);
      process.exit(0);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      env: { ...process.env, GOOGLE_SDK_NODE_LOGGING: '*' },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(said).toContain('15');
    expect(said).not.toContain('a-value-to-hide');
    expect(said).not.toContain(Buffer.from('a-value-to-hide').toString('base64'));
    expect(said).not.toContain(JSON.stringify(Buffer.from('a-value-to-hide')).slice(30, 60));
  });

  async function rawClient() {
    const { SecretManagerServiceClient } = await import('@google-cloud/secret-manager');
    const client = new SecretManagerServiceClient(server.connection);
    return {
      async updateSecret(name: string) {
        await client
          .updateSecret({
            secret: { name, versionAliases: { current: null as never } },
            updateMask: { paths: ['version_aliases'] },
          })
          .catch(() => {});
        await client.updateSecret({ secret: { name, versionAliases: {} }, updateMask: { paths: ['version_aliases'] } });
        await client.close();
      },
    };
  }
});

describe('a file on one machine', () => {
  it('is what Firebase’s emulator reads, keeps its other lines, and only its owner may read it', async () => {
    const file = newFile();
    const provider = openLocalSecrets(file, () => undefined);
    await provider.addVersion('FIRST', 'first-value');
    writeFileSync(file, `# mine\nOTHER="kept" # really\n${readFileSync(file, 'utf8')}`);
    await provider.addVersion('JWK', '{"kty":"EC","d":"x y#z"}');
    await provider.addVersion('gateway-api-key-acme', 'not-a-variable');
    expect(readFileSync(file, 'utf8')).toBe(
      `# mine\nOTHER='kept'\nFIRST='first-value'\nJWK='{"kty":"EC","d":"x y#z"}'\n`,
    );
    for (const one of [file, `${file}.versions.json`]) expect(statSync(one).mode & 0o777).toBe(0o600);
    const { parse } = await import('firebase-tools/lib/functions/env.js' as string);
    expect(parse(readFileSync(file, 'utf8'))).toEqual({
      envs: { OTHER: 'kept', FIRST: 'first-value', JWK: '{"kty":"EC","d":"x y#z"}' },
      errors: [],
    });
    expect((await provider.read('gateway-api-key-acme')).value).toBe('not-a-variable');
  });

  it('counts for what somebody writes into it by hand', async () => {
    const file = newFile();
    const provider = openLocalSecrets(file, () => undefined);
    await provider.addVersion('FIRST', 'first-value');
    writeFileSync(file, 'FIRST=by-hand\n');
    expect(await provider.read('FIRST')).toEqual({ version: '2', value: 'by-hand' });
    expect(await provider.addVersion('FIRST', 'third-value')).toBe('3');
    expect((await provider.read('FIRST')).value).toBe('by-hand');
  });

  it('starts from what the process was given where it knows nothing', async () => {
    const provider = openLocalSecrets(newFile(), (name) => (name === 'GIVEN' ? 'given-value' : undefined));
    expect(await provider.read('GIVEN')).toEqual({ version: '1', value: 'given-value' });
    expect(await provider.addVersion('GIVEN', 'new-value')).toBe('2');
    expect(await provider.read('GIVEN')).toEqual({ version: '1', value: 'given-value' });
  });

  it('refuses what could not be read back', async () => {
    const provider = openLocalSecrets(newFile(), () => undefined);
    await expect(async () => provider.addVersion('FIRST', "it's")).rejects.toThrow(/single quotes/);
    await expect(async () => provider.addVersion('../FIRST', 'value')).rejects.toThrow(/named/);
  });

  it('loses nothing when several processes write at once', async () => {
    const file = newFile();
    const program = `
      import { openLocalSecrets } from '${path.resolve('functions/src/platform/local-secrets.ts')}';
      const provider = openLocalSecrets('${file}', () => undefined);
      for (let i = 0; i < 10; i += 1) await provider.addVersion('SHARED', process.argv.at(-1) + '-' + i);`;
    const children = ['a', 'b', 'c'].map((who) =>
      spawn(process.execPath, ['--input-type=module', '--eval', program, who], { stdio: 'inherit' }),
    );
    for (const child of children) if (child.exitCode === null) expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await openLocalSecrets(file, () => undefined).list('SHARED')).toHaveLength(30);
  });

  it('takes over from a process that ended in the middle', async () => {
    const file = newFile();
    const provider = openLocalSecrets(file, () => undefined);
    await provider.addVersion('FIRST', 'first-value');
    const ended = spawn(process.execPath, ['--eval', '']);
    await once(ended, 'exit');
    writeFileSync(`${file}.lock`, String(ended.pid));
    expect(await provider.addVersion('FIRST', 'second-value')).toBe('2');
  });
});
