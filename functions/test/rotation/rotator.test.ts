import { randomUUID } from 'node:crypto';
import { sealCredential } from '../../src/contract/credential.ts';
import type { RotatingSecret, RotationKind } from '../../src/contract/rotation.ts';
import { type Begin, rotateSecret } from '../../src/domain/admin/rotate-secret.ts';
import { secretRotate, secretRotationCheck } from '../../src/index.ts';
import { currentWaits } from '../../src/middleware/as-rotator.ts';
import { withRotatorDatabase } from '../../src/platform/postgres.ts';
import { flushUses, noteUse } from '../../src/stores/credential-uses.ts';
import { findRotating } from '../../src/stores/rotating-secrets.ts';
import { leaseMs, rotations } from '../../src/stores/rotations.ts';
import { putTenant } from '../../src/stores/tenants.ts';
import { byTests } from '../attribution.ts';

import { openStage, type Stage, testWaits } from './stage.ts';

const day = 86_400_000;
let stage: Stage;
let clock = Date.now();
beforeAll(async () => {
  stage = await openStage('rotator');
  await putTenant(stage.tenant, { name: 'Rotação', status: 'active' });
}, 120_000);
afterAll(() => stage.close());

const now = () => new Date(clock);
const secretOf = (kind: RotationKind): RotatingSecret => {
  const tools = { secrets: stage.secrets, withDatabase: withRotatorDatabase, attribution: byTests, now };
  return findRotating(stage.names[kind], tools) as RotatingSecret;
};
const rotate = (kind: RotationKind, begin: Begin, { secret = secretOf(kind), waits = testWaits } = {}) =>
  rotateSecret({ rotations, holder: randomUUID(), now }, secret, waits, begin);
/** Rotates to the end, time passing as it has to. */
async function finish(kind: RotationKind, begin: Begin = 'now') {
  for (let i = 0; (await rotate(kind, i === 0 ? begin : 'never')).rotation?.next !== 'done'; i += 1) {
    expect(i).toBeLessThan(30);
    clock += i < 15 ? testWaits.quiet : testWaits.before.destroy;
  }
}
type Line = Record<string, unknown>;
/** What the functions log while `work` is done. */
async function linesOf(work: () => unknown): Promise<Line[]> {
  const all = (globalThis as { logLines?: string[] }).logLines ?? [];
  const before = all.length;
  await work();
  return all.slice(before).map((line) => JSON.parse(line));
}
const metric = (lines: readonly Line[], name: string) => lines.find((line) => line['metric'] === name)?.['value'];
const daily = () => linesOf(() => secretRotationCheck.run({ scheduleTime: now().toISOString() }));
const statesOf = async (kind: RotationKind) =>
  (await stage.secrets.list(stage.names[kind])).map(
    ({ version, state, current }) => `${version} ${state}${current ? ' current' : ''}`,
  );

describe('a message of Secret Manager', () => {
  const say = (attributes: Record<string, string>) =>
    linesOf(() =>
      (secretRotate as unknown as (event: unknown) => Promise<void>)({
        specversion: '1.0',
        type: 'google.cloud.pubsub.topic.v1.messagePublished',
        source: '//pubsub.googleapis.com/projects/demo-headhunter/topics/secret-rotate',
        id: randomUUID(),
        time: new Date().toISOString(),
        data: {
          subscription: 'projects/demo-headhunter/subscriptions/secret-rotate',
          message: {
            attributes: { dataFormat: 'JSON_API_V1', timestamp: new Date().toISOString(), ...attributes },
            data: Buffer.from('{"name":"projects/123456789/secrets/X","replication":{"automatic":{}}}').toString(
              'base64',
            ),
            messageId: '1',
            publishTime: new Date().toISOString(),
          },
        },
      }),
    );
  const rotationLines = (lines: Line[]) => lines.filter(({ message }) => String(message).startsWith('secret.rotation'));

  it('that a secret is to be rotated begins its rotation', async () => {
    stage.age('oauth-client', 1);
    const [line] = rotationLines(
      await say({ eventType: 'SECRET_ROTATE', secretId: `projects/123456789/secrets/${stage.names['oauth-client']}` }),
    );
    expect(line).toMatchObject({ secret: stage.names['oauth-client'], outcome: 'waiting', next: 'switch' });
  });

  it('that comes twice does nothing twice', async () => {
    const before = await statesOf('oauth-client');
    await say({ eventType: 'SECRET_ROTATE', secretId: `projects/123456789/secrets/${stage.names['oauth-client']}` });
    expect(await statesOf('oauth-client')).toEqual(before);
  });

  it('about a version that is not an hour old is one that came late, and begins nothing', async () => {
    const before = await statesOf('api-key');
    const [line] = rotationLines(
      await say({ eventType: 'SECRET_ROTATE', secretId: `projects/123456789/secrets/${stage.names['api-key']}` }),
    );
    expect(line).toMatchObject({ outcome: 'not_due' });
    expect(await statesOf('api-key')).toEqual(before);
  });

  it.each([
    ['SECRET_VERSION_ADD', 'projects/123456789/secrets/DATABASE_URL'],
    ['SECRET_VERSION_DESTROY', 'projects/123456789/secrets/DATABASE_URL'],
    ['TOPIC_CONFIGURED', 'projects/123456789/secrets/DATABASE_URL'],
  ])('of another kind is none of our business: %s', async (eventType, secretId) => {
    expect(await say({ eventType, secretId, versionId: `${secretId}/versions/2` })).toEqual([]);
  });

  it.each([
    ['a secret that is not rotated here', 'projects/123456789/secrets/REDIS_URL'],
    ['a tenant’s name that can be none', 'projects/123456789/secrets/gateway-api-key-..'],
    ['no secret at all', ''],
  ])('about %s is logged and done with', async (_, secretId) => {
    expect(await say({ eventType: 'SECRET_ROTATE', secretId })).toEqual([
      expect.objectContaining({ message: 'secret.rotation_unknown', severity: 'WARNING' }),
    ]);
  });

  it('about a tenant’s secret that does not exist begins nothing', async () => {
    const [line] = rotationLines(
      await say({ eventType: 'SECRET_ROTATE', secretId: 'projects/123456789/secrets/gateway-api-key-nobody' }),
    );
    expect(line).toMatchObject({ outcome: 'no_secret' });
  });
});

describe('two rotators at once', () => {
  beforeAll(() => finish('oauth-client', 'never'));

  it('do the work of one: the others find the lease taken', async () => {
    const own = secretOf('oauth-client');
    const others: string[] = [];
    const secret = {
      ...own,
      async add() {
        for (let i = 0; i < 4; i += 1) others.push((await rotate('oauth-client', 'now')).outcome);
        return own.add();
      },
    };
    expect((await rotate('oauth-client', 'now', { secret })).outcome).toBe('waiting');
    expect(others).toEqual(['busy', 'busy', 'busy', 'busy']);
    expect((await statesOf('oauth-client')).slice(0, 2)).toEqual(['3 enabled', '2 enabled current']);
    await finish('oauth-client', 'never');
  });

  it('that begin in the same moment make one new version', async () => {
    await Promise.all(Array.from({ length: 8 }, () => rotate('oauth-client', 'now')));
    expect((await statesOf('oauth-client')).slice(0, 2)).toEqual(['4 enabled', '3 enabled current']);
    await finish('oauth-client', 'never');
  });

  it('do no harm where the first outlived its lease: what it did is not kept, and the second goes on', async () => {
    const slow = secretOf('oauth-client');
    let second: Promise<unknown> | undefined;
    const secret = {
      ...slow,
      async accept(from: string, to: string) {
        await slow.accept(from, to);
        if (second) return;
        clock += leaseMs;
        second = rotate('oauth-client', 'never');
        await second;
      },
    };
    await expect(rotate('oauth-client', 'now', { secret })).rejects.toThrow(/has passed to/);
    expect(await second).toMatchObject({ outcome: 'waiting', rotation: { next: 'switch' } });
    await finish('oauth-client', 'never');
    expect((await statesOf('oauth-client')).slice(0, 2)).toEqual(['5 enabled current', '4 destroyed']);
  });
});

describe('an old version that is still in use', () => {
  it('is not disabled; the rotation is called stalled, and goes on once nobody uses it', async () => {
    const { tenant, secrets, names } = stage;
    const waits = currentWaits()['api-key'];
    const old = (await secrets.read(names['api-key'])).value;
    // Begun ten days ago, so that the daily check finds it late by the clock of today.
    clock = Date.now() - 10 * day;
    await rotate('api-key', 'now', { waits });
    clock += waits.before.switch;
    expect((await rotate('api-key', 'never', { waits })).rotation?.next).toBe('verify');
    clock = Date.now();
    noteUse(tenant, sealCredential(old).id);
    await flushUses();

    const lines = await daily();
    expect(metric(lines, 'secrets/rotation_stalled')).toBe(1);
    expect(lines).toContainEqual(
      expect.objectContaining({
        message: 'secret.rotation',
        severity: 'WARNING',
        secret: names['api-key'],
        outcome: 'in_use',
        isStalled: true,
      }),
    );
    expect(lines.at(-1)).toMatchObject({ message: 'secret-rotation-check.done', stalled: [names['api-key']] });
    expect(await statesOf('api-key')).toEqual(['2 enabled current', '1 enabled']);
    expect(await stage.works('api-key', old)).toBe(true);
    // That was a use, too.
    await flushUses();

    for (let i = 0; (await rotate('api-key', 'never', { waits })).rotation?.next !== 'destroy'; i += 1) {
      expect(i).toBeLessThan(5);
      clock += day;
    }
    expect(await stage.works('api-key', old, now())).toBe(false);
    clock += waits.before.destroy;
    expect((await rotate('api-key', 'never', { waits })).outcome).toBe('done');
    clock = Date.now();
    expect(metric(await daily(), 'secrets/rotation_stalled')).toBe(0);
  });

  it('is a login with a session in the database', async () => {
    const { default: pg } = await import('pg');
    const old = (await stage.secrets.read(stage.names['database-login'])).value;
    const idler = new pg.Client({ connectionString: old });
    await idler.connect();
    await rotate('database-login', 'now');
    for (let i = 0; i < 4; i += 1) {
      clock += testWaits.quiet;
      await rotate('database-login', 'never');
    }
    expect(await rotate('database-login', 'never')).toMatchObject({ outcome: 'in_use', rotation: { next: 'verify' } });
    expect(await stage.works('database-login', old)).toBe(true);
    await idler.end();
    await finish('database-login', 'never');
    expect(await stage.works('database-login', old)).toBe(false);
    clock = Date.now();
  });
});

describe('the daily check', () => {
  it('begins what is due by its age, and nothing else', async () => {
    const before = await statesOf('signing-key');
    expect(before).toEqual(['1 enabled current']);
    stage.age('signing-key', 29.9);
    await daily();
    expect(await statesOf('signing-key')).toEqual(before);
    stage.age('signing-key', 30);
    const lines = await daily();
    expect(await statesOf('signing-key')).toEqual(['2 enabled', '1 enabled current']);
    expect(lines).toContainEqual(
      expect.objectContaining({ secret: 'OAUTH_SIGNING_KEY', outcome: 'waiting', next: 'switch', isOverdue: false }),
    );
    expect(metric(lines, 'secrets/rotation_overdue')).toBe(0);
  });

  it('measures as overdue what is a week past its period, and says what keeps it, without its address', async () => {
    stage.age('database-login', 97);
    const url = process.env['ROTATOR_DATABASE_URL'];
    const away = new URL(url ?? '');
    [away.password, away.port] = ['a-password-of-ours', '1'];
    process.env['ROTATOR_DATABASE_URL'] = away.href;
    const lines = await daily();
    process.env['ROTATOR_DATABASE_URL'] = url;
    expect(metric(lines, 'secrets/rotation_overdue')).toBe(1);
    expect(lines.find((line) => line['secret'] === 'DATABASE_URL')).toMatchObject({
      outcome: 'failed',
      next: 'accept',
      isOverdue: true,
      cause: { code: 'database.unavailable' },
    });
    expect(JSON.stringify(lines)).not.toContain('a-password-of-ours');
    const mended = await daily();
    expect(mended.find((line) => line['secret'] === 'DATABASE_URL')).toMatchObject({
      outcome: 'waiting',
      next: 'verify',
    });
    expect(metric(mended, 'secrets/rotation_overdue')).toBe(0);
  });

  it('names credentials that only their owner can replace, and rotates none of them', async () => {
    const { apiKeysOf } = await import('../../src/stores/api-keys.ts');
    const { makeCredential } = await import('../../src/contract/credential.ts');
    const shown = makeCredential('apiKey');
    const [made, expiresAt] = [new Date(Date.now() - 91 * day), new Date(Date.now() + 300 * day)];
    const settings = {
      name: 'Mostrada uma vez',
      scopes: ['candidates:read' as const],
      callsPerSecond: null,
      expiresAt,
    };
    await apiKeysOf(stage.tenant, byTests).create(sealCredential(shown), settings, made);
    const { agedCredentials, oldest } = (await daily()).at(-1) ?? {};
    expect(agedCredentials).toBe(1);
    expect(oldest).toEqual([
      expect.objectContaining({ tenant: stage.tenant, kind: 'api-key', id: sealCredential(shown).id }),
    ]);
    expect(await stage.works('api-key', shown)).toBe(true);
  });
});
