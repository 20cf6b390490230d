import { setTimeout as sleep } from 'node:timers/promises';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { type RotationKind, type RotationWaits, rotationKinds } from '../../src/contract/rotation.ts';
import { checkRotations } from '../../src/domain/admin/check-rotations.ts';
import { asRotator } from '../../src/middleware/as-rotator.ts';
import { useLatenessSeconds } from '../../src/stores/credential-uses.ts';
import { putTenant } from '../../src/stores/tenants.ts';
import { openWorld, type World } from '../harness.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let world: World;
let waits: Record<RotationKind, RotationWaits>;

beforeAll(async () => {
  stage = await openStage('rotations-under-load');
  process.env['SECRET_TTL_SECONDS'] = '0.5';
  process.env['CREDENTIAL_USE_REST_SECONDS'] = '1';
  world = await openWorld();
  const limits = { callsPerSecond: 100_000, endpoints: { 'candidates.list': 100_000 } };
  await putTenant(stage.tenant, { name: 'Carga', status: 'active', limits });
  const base = { period: 0, overdueAfter: 3_600_000, stalledAfter: 3_600_000, youngest: 0 };
  // Longer than what each step waits for: the gateway's second of keys, the client's second of its token and credentials.
  const before = { add: 0, accept: 0, switch: 1_500, verify: 3_000, disable: 0, destroy: 500 };
  const counted = { ...base, before, quiet: (useLatenessSeconds() + 1) * 1_000 };
  const looked = { ...base, before, quiet: 2_000 };
  waits = { 'signing-key': counted, 'api-key': counted, 'oauth-client': counted, 'database-login': looked };
}, 180_000);
afterAll(async () => {
  await world.close();
  await stage.close();
});

/** An integrator as the documentation asks for: reads its credentials again every so often, and takes a new token when the old one is old. */
function integrator() {
  let at = 0;
  let [apiKey, token] = ['', ''];
  const fresh = async () => {
    if (Date.now() - at < 1_000) return;
    at = Date.now();
    apiKey = (await stage.secrets.read(stage.names['api-key'])).value;
    const client = JSON.parse((await stage.secrets.read(stage.names['oauth-client'])).value);
    const answer = await world.anonymous.rest('POST', '/oauth/token', { grant_type: 'client_credentials', ...client });
    if (answer.status !== 200) throw new Error(`no token: ${answer.status} ${JSON.stringify(answer.body)}`);
    token = answer.body.access_token;
  };
  return {
    async call() {
      await fresh();
      const headers = { authorization: `Bearer ${token}`, 'x-api-key': apiKey };
      const answer = await world.anonymous.rest('GET', '/v1/candidates?limit=1', undefined, headers);
      if (answer.status !== 200) throw new Error(`refused: ${answer.status} ${JSON.stringify(answer.body)}`);
      return token;
    },
    credentials: () => ({ apiKey, token }),
  };
}

it('rotates all four kinds under continuous load without one failed call, and the old ones are refused afterwards', async () => {
  const { secrets, names } = stage;
  const old = Object.fromEntries(
    await Promise.all(rotationKinds.map(async (kind) => [kind, (await secrets.read(names[kind])).value] as const)),
  ) as Record<RotationKind, string>;
  const first = integrator();
  await first.call();
  const before = first.credentials();

  // The gateway keeps the published keys for a second, and asks no sooner whatever a token names.
  const gateway = createRemoteJWKSet(new URL('/.well-known/jwks.json', world.host.url), {
    cacheMaxAge: 1_000,
    cooldownDuration: 600_000,
  });
  let going = true;
  let calls = 0;
  const failures: string[] = [];
  const load = Array.from({ length: 4 }, async () => {
    const one = integrator();
    while (going) {
      try {
        await jwtVerify(await one.call(), gateway);
        calls += 1;
      } catch (error) {
        failures.push(String(error));
      }
      await sleep(40);
    }
  });

  const done = new Set<string>();
  const callsAt: number[] = [];
  while (done.size < rotationKinds.length && failures.length === 0) {
    const healths = await asRotator('test', async ({ rotator, all }) =>
      checkRotations(
        rotator,
        (await all()).filter(({ name }) => !done.has(name)),
        waits,
      ),
    );
    for (const { secret, outcome, cause } of healths) {
      if (cause) failures.push(`rotator: ${secret} ${String(cause)}`);
      if (outcome === 'done') done.add(secret);
    }
    callsAt.push(calls);
    await sleep(250);
  }
  const callsBeforeEnd = calls;
  await sleep(1_500);
  going = false;
  await Promise.all(load);

  expect(failures.slice(0, 5)).toEqual([]);
  expect(done.size).toBe(4);
  expect(calls).toBeGreaterThan(callsBeforeEnd);
  expect(callsBeforeEnd).toBeGreaterThan(100);
  for (const kind of rotationKinds) {
    const now = await secrets.read(names[kind]);
    expect(now.value).not.toBe(old[kind]);
    expect([kind, await stage.works(kind, now.value), await stage.works(kind, old[kind])]).toEqual([kind, true, false]);
    expect((await secrets.list(names[kind])).map(({ state }) => state)).toEqual(['enabled', 'destroyed']);
  }
  // Refused at the door, too: each of the old ones beside what is new of the others.
  const last = integrator();
  await last.call();
  const { apiKey, token } = last.credentials();
  const status = async (headers: Record<string, string>) =>
    (await world.anonymous.rest('GET', '/v1/candidates?limit=1', undefined, headers)).status;
  expect(await status({ authorization: `Bearer ${token}`, 'x-api-key': apiKey })).toBe(200);
  expect(await status({ authorization: `Bearer ${token}`, 'x-api-key': before.apiKey })).toBe(401);
  expect(await status({ authorization: `Bearer ${before.token}`, 'x-api-key': apiKey })).toBe(401);
  const client = JSON.parse(old['oauth-client']);
  const answer = await world.anonymous.rest('POST', '/oauth/token', { grant_type: 'client_credentials', ...client });
  expect([answer.status, answer.body.error]).toEqual([401, 'invalid_client']);
}, 240_000);
