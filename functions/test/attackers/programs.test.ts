import { makeCredential, sealCredential } from '../../src/contract/credential.ts';
import { catalogue, type ErrorCode } from '../../src/contract/errors.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import { type DelegableScope, delegableScopes, type Scope } from '../../src/contract/scopes.ts';
import { registry } from '../../src/endpoints/registry.ts';
import { endpointsOf } from '../../src/projections/routes.ts';
import { apiKeysOf } from '../../src/stores/api-keys.ts';
import { oauthClientsOf } from '../../src/stores/oauth-clients.ts';
import { putTenant } from '../../src/stores/tenants.ts';
import { byTests } from '../attribution.ts';
import { ask, type Integrator, openWorld, type Told, type World } from '../harness.ts';
import { forgedTokens } from './forged-tokens.ts';

const endpoints = endpointsOf(registry);
const named = endpoints.map((one) => [one.id, one] as const);
const surplus = { 'not a field': 'x' };

let world: World;
let tenant: TenantId;
let robot: Integrator;
let token: string;

beforeAll(async () => {
  world = await openWorld();
  tenant = await world.tenant('attacked');
  robot = await world.integrator(tenant);
  token = await robot.token();
});
afterAll(() => world.close());

/** What is refused is told in the catalogue's words alone, whatever was sent. */
function expectRefusal(name: string, { status, error }: Told, code: ErrorCode): void {
  expect({ name, status, code: error?.code, message: error?.message }).toEqual({
    name,
    status: { unauthenticated: 401, 'permission-denied': 403 }[catalogue[code].kind as string],
    code,
    message: catalogue[code].message,
  });
}

const askWith = (id: string, headers: Record<string, string>, of: string | undefined = token) =>
  ask(world.withToken(of), 'rest', id, surplus, headers);

describe('a program', () => {
  it.each(named)('with a forged or worn-out token gets nothing of %s', async (id) => {
    const key = { 'x-api-key': robot.apiKey };
    for (const [name, forged] of Object.entries(await forgedTokens(token))) {
      expectRefusal(name, await askWith(id, key, forged), 'auth.required');
      const { status, body } = await world.withToken(forged, key).call(id, surplus);
      expect([name, status, body.error.status]).toEqual([name, 401, 'UNAUTHENTICATED']);
    }
  });

  it.each(named)('without a token gets nothing of %s, whatever else it sends', async (id) => {
    const { apiKey, clientId, clientSecret } = robot;
    const basic = `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`;
    const payload = token.split('.')[1] ?? '';
    const sent: [string, Record<string, string>][] = [
      ['nothing', {}],
      ['a key alone', { 'x-api-key': apiKey }],
      ['its client’s secret', { 'x-api-key': apiKey, authorization: basic }],
      ['the gateway’s word for it', { 'x-api-key': apiKey, 'x-apigateway-api-userinfo': payload }],
      ['the proxy’s word for it', { 'x-api-key': apiKey, 'x-endpoint-api-userinfo': payload }],
      [
        'the token in headers that are not read',
        { 'x-api-key': apiKey, 'x-id-token': token, 'x-firebase-auth': token },
      ],
      [
        'a token behind garbage',
        { 'x-api-key': apiKey, 'x-forwarded-authorization': 'garbage', authorization: `Bearer ${token}` },
      ],
      ['a tenant’s name', { 'x-api-key': apiKey, 'x-tenant-id': tenant }],
      ['a token twice', { 'x-api-key': apiKey, authorization: `Bearer ${token}, Bearer ${token}` }],
      ['a token of 9 KB', { 'x-api-key': apiKey, authorization: `Bearer ${token}${'A'.repeat(9_000)}` }],
    ];
    for (const [name, headers] of sent)
      expectRefusal(name, await ask(world.anonymous, 'rest', id, surplus, headers), 'auth.required');
  });

  it.each(named)('with a good token and a bad key gets nothing of %s', async (id) => {
    expectRefusal('no key', await askWith(id, {}), 'auth.key_required');
    for (const [name, key] of Object.entries(await badKeys()))
      expectRefusal(name, await askWith(id, { 'x-api-key': key }), 'auth.key_invalid');
  });

  it.each(named)('cannot use %s by callable, which is for people', async (id) => {
    const { status, body } = await world.withToken(token, { 'x-api-key': robot.apiKey }).call(id, surplus);
    expect([status, body.error.status]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it.each(named)('that names another tenant than its own in a header is refused by %s', async (id) => {
    const headers = { 'x-api-key': robot.apiKey, 'x-tenant-id': 'another' };
    expectRefusal('header', await askWith(id, headers), 'tenant.mismatch');
  });

  it.each(named)('is refused by %s what its token, its client or its key leaves out', async (id, { scope }) => {
    const others = delegableScopes.filter((one) => one !== scope);
    const narrowToken = others[0] ? await robot.token(others.join(' ')) : token;
    const narrowKey = await keyWithout(scope);
    expectRefusal('token', await askWith(id, { 'x-api-key': robot.apiKey }, narrowToken), 'auth.scope_missing');
    expectRefusal('key', await askWith(id, { 'x-api-key': narrowKey }), 'auth.scope_missing');
  });

  it.each(named)('of a suspended tenant, or one revoked, gets nothing of %s', async (id) => {
    const { suspended, revoked } = await fallen();
    expectRefusal('suspended', await askWith(id, suspended.headers, suspended.token), 'tenant.inactive');
    expectRefusal('revoked', await askWith(id, revoked.headers, revoked.token), 'auth.required');
  });

  it('is let in with all of it right, so that the refusals above mean something', async () => {
    const { status } = await ask(await robot.signIn(), 'rest', 'candidates.list', {});
    expect(status).toBe(200);
    const behindGateway = { 'x-forwarded-authorization': `Bearer ${token}`, 'x-api-key': robot.apiKey };
    expect((await ask(world.withToken('the.gateways.own'), 'rest', 'candidates.list', {}, behindGateway)).status).toBe(
      200,
    );
  });

  it('reaches nothing that only people may do', () => {
    const closed = endpoints.filter(({ scope }) => !(delegableScopes as readonly Scope[]).includes(scope));
    expect([...new Set(closed.map(({ id }) => id.split('.')[0]))]).toEqual(['admin']);
  });
});

const inADay = () => new Date(Date.now() + 86_400_000);
const settings = (scopes: readonly DelegableScope[], expiresAt = inADay()) => ({
  name: 'Robô',
  scopes,
  callsPerSecond: null,
  expiresAt,
});

async function keyWith(scopes: readonly DelegableScope[], expiresAt?: Date): Promise<string> {
  const key = makeCredential('apiKey');
  await apiKeysOf(tenant, byTests).create(sealCredential(key), settings(scopes, expiresAt), new Date());
  return key;
}

const narrowKeys = new Map<Scope, Promise<string>>();
function keyWithout(scope: Scope): Promise<string> {
  const known = narrowKeys.get(scope) ?? keyWith(delegableScopes.filter((one) => one !== scope));
  narrowKeys.set(scope, known);
  return known;
}

let keys: Promise<Record<string, string>> | undefined;
const badKeys = () => (keys ??= makeBadKeys());

async function makeBadKeys(): Promise<Record<string, string>> {
  const other = await world.integrator(await world.tenant('other'));
  const revoked = await keyWith(delegableScopes);
  await apiKeysOf(tenant, byTests).revoke(sealCredential(revoked).id, new Date());
  return {
    garbage: 'garbage',
    'one letter changed': `${robot.apiKey.slice(0, -1)}${robot.apiKey.endsWith('x') ? 'y' : 'x'}`,
    'a key that is nobody’s': makeCredential('apiKey'),
    'a Google key that is nobody’s': `AIza${'x'.repeat(35)}`,
    'another tenant’s key': other.apiKey,
    'a client’s secret': robot.clientSecret,
    'a key that has expired': await keyWith(delegableScopes, new Date(Date.now() - 1_000)),
    'a key that was revoked': revoked,
    'a key of 4 KB': `hhk_${'x'.repeat(4_096)}`,
    'two keys': `${robot.apiKey}, ${other.apiKey}`,
    'a path': '../../tenants/other/apiKeys/1',
  };
}

interface Fallen {
  readonly token: string;
  readonly headers: Record<string, string>;
}
let fell: Promise<Record<'suspended' | 'revoked', Fallen>> | undefined;
const fallen = () => (fell ??= makeFallen());

async function makeFallen(): Promise<Record<'suspended' | 'revoked', Fallen>> {
  const closed = await world.tenant('closed');
  const [robotOfClosed, gone] = [await world.integrator(closed), await world.integrator(tenant)];
  const [closedToken, goneToken] = [await robotOfClosed.token(), await gone.token()];
  await putTenant(closed, { name: 'closed', status: 'suspended' });
  await oauthClientsOf(tenant, byTests).revoke(gone.clientId as never, new Date());
  return {
    suspended: { token: closedToken, headers: { 'x-api-key': robotOfClosed.apiKey } },
    revoked: { token: goneToken, headers: { 'x-api-key': gone.apiKey } },
  };
}
