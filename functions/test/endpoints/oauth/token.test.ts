import { decodeJwt, decodeProtectedHeader } from 'jose';
import * as openid from 'openid-client';
import { type ClientId, makeClientId, makeCredential } from '../../../src/contract/credential.ts';
import type { TenantId } from '../../../src/contract/ids.ts';
import { delegableScopes } from '../../../src/contract/scopes.ts';
import { openFirestore } from '../../../src/platform/firestore.ts';
import { oauthClientsOf } from '../../../src/stores/oauth-clients.ts';
import { putTenant } from '../../../src/stores/tenants.ts';
import { byTests } from '../../attribution.ts';
import { type Answer, type Integrator, openWorld, type World } from '../../harness.ts';

let world: World;
let tenant: TenantId;
let robot: Integrator;

beforeAll(async () => {
  // So that a test can say where its calls come from.
  process.env['TRUSTED_PROXIES'] = '1';
  world = await openWorld();
  tenant = await world.tenant('issuer');
  robot = await world.integrator(tenant);
});
afterAll(() => world.close());

const grant = 'grant_type=client_credentials';
const encoded = (text: string) => encodeURIComponent(text).replaceAll('.', '%2E').replaceAll('_', '%5F');
const basic = (id: string, secret: string) => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
const ownBasic = () => basic(robot.clientId, robot.clientSecret);

let addresses = 0;
interface Sent {
  readonly authorization?: string;
  readonly type?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
}

async function ask(
  body: string | Uint8Array<ArrayBuffer>,
  { authorization, type, path = '/oauth/token', headers }: Sent = {},
): Promise<Answer> {
  const response = await fetch(world.host.url + path, {
    method: 'POST',
    headers: {
      'content-type': type ?? 'application/x-www-form-urlencoded',
      'x-forwarded-for': `192.0.2.${(addresses = (addresses + 1) % 250)}`,
      ...(authorization !== undefined && { authorization }),
      ...headers,
    },
    body,
  });
  return { status: response.status, body: await response.json(), headers: response.headers };
}

const form = (parameters: Record<string, string>) => new URLSearchParams(parameters).toString();
const ownForm = (more: Record<string, string> = {}) =>
  form({
    grant_type: 'client_credentials',
    client_id: robot.clientId,
    client_secret: robot.clientSecret,
    ...more,
  });

describe('a library that knows nothing of us', () => {
  it.each([
    ['a Basic header', 'oauth2', openid.ClientSecretBasic],
    ['the body', 'oauth2', openid.ClientSecretPost],
    ['a Basic header, found as OpenID does', 'oidc', openid.ClientSecretBasic],
  ] as const)('discovers the issuer, gets a token with the secret in %s and calls', async (_, algorithm, style) => {
    const { clientId, clientSecret, apiKey } = robot;
    const config = await openid.discovery(new URL(world.host.url), clientId, clientSecret, style(clientSecret), {
      algorithm,
      execute: [openid.allowInsecureRequests],
    });
    const tokens = await openid.clientCredentialsGrant(config, { scope: 'candidates:read' });
    expect(tokens).toMatchObject({ token_type: 'bearer', expires_in: 3_600, scope: 'candidates:read' });
    const url = new URL('/v1/candidates', world.host.url);
    const headers = new Headers({ 'x-api-key': apiKey });
    const answer = await openid.fetchProtectedResource(config, tokens.access_token, url, 'GET', null, headers);
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ candidates: [] })]);
  });
});

describe('a token', () => {
  it('says who, for which tenant, with which scopes, until when, and by which key it was signed', async () => {
    const { body } = await ask(ownForm({ scope: 'search:read candidates:read search:read' }));
    expect(decodeProtectedHeader(body.access_token)).toEqual({
      alg: 'ES256',
      typ: 'at+jwt',
      kid: expect.stringMatching(/^[\w-]{43}$/) as string,
    });
    const claims = decodeJwt(body.access_token);
    expect(claims).toEqual({
      iss: world.host.url,
      aud: world.host.url,
      sub: robot.clientId,
      client_id: robot.clientId,
      tenantId: tenant,
      scope: 'candidates:read search:read',
      iat: expect.any(Number) as number,
      exp: expect.any(Number) as number,
      jti: expect.any(String) as string,
    });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(3_600);
    expect(body).toEqual({
      access_token: body.access_token,
      token_type: 'Bearer',
      expires_in: 3_600,
      scope: 'candidates:read search:read',
    });
  });

  it('has all the scopes of its client when none is asked for, or an empty text is', async () => {
    const all = delegableScopes.join(' ');
    expect((await ask(ownForm())).body.scope).toBe(all);
    expect((await ask(ownForm({ scope: '' }))).body.scope).toBe(all);
  });

  it('lives as long as is configured', async () => {
    process.env['OAUTH_TOKEN_SECONDS'] = '60';
    const { body } = await ask(ownForm());
    delete process.env['OAUTH_TOKEN_SECONDS'];
    const { exp = 0, iat = 0 } = decodeJwt(body.access_token);
    expect([body.expires_in, exp - iat]).toEqual([60, 60]);
  });

  it('is not to be kept by anything on its way', async () => {
    const { headers } = await ask(ownForm());
    expect([headers.get('cache-control'), headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
  });
});

describe('a request is understood', () => {
  const asJson = () =>
    JSON.stringify({
      grant_type: 'client_credentials',
      client_id: robot.clientId,
      client_secret: robot.clientSecret,
    });
  const wants: readonly (readonly [string, () => Promise<Answer>])[] = [
    ['as a form', () => ask(ownForm())],
    ['as a form with a charset', () => ask(ownForm(), { type: 'application/x-www-form-urlencoded; charset=UTF-8' })],
    ['as JSON', () => ask(asJson(), { type: 'application/json' })],
    ['with a Basic header', () => ask(grant, { authorization: ownBasic() })],
    [
      'with a Basic header, form-encoded as section 2.3.1 asks',
      () => ask(grant, { authorization: basic(encoded(robot.clientId), encoded(robot.clientSecret)) }),
    ],
    ['with the scheme in small letters', () => ask(grant, { authorization: ownBasic().replace('Basic', 'basic') })],
    [
      'with the client’s header where the gateway puts it, the gateway’s own in its place',
      () => ask(grant, { authorization: 'Bearer a.b.c', headers: { 'x-forwarded-authorization': ownBasic() } }),
    ],
    ['from the body, the gateway’s own token in the header', () => ask(ownForm(), { authorization: 'Bearer a.b.c' })],
    ['with a parameter that nobody knows', () => ask(ownForm({ resource: 'x' }))],
    [
      'with the same client_id in header and body',
      () => ask(`${grant}&client_id=${robot.clientId}`, { authorization: ownBasic() }),
    ],
  ];
  it.each(wants)('%s', async (_, send) => {
    const { status, body } = await send();
    expect([status, body.token_type]).toEqual([200, 'Bearer']);
  });
});

describe('a request is refused as RFC 6749, section 5.2, has it', () => {
  const json = 'application/json';
  const refusals: readonly (readonly [string, number, string, () => Promise<Answer>])[] = [
    ['no grant_type', 400, 'invalid_request', () => ask(ownForm({ grant_type: '' }))],
    ['an empty body', 400, 'invalid_request', () => ask('')],
    ['another grant', 400, 'unsupported_grant_type', () => ask(ownForm({ grant_type: 'password' }))],
    ['a parameter that comes twice', 400, 'invalid_request', () => ask(`${ownForm()}&${grant}`)],
    ['an unknown parameter that comes twice', 400, 'invalid_request', () => ask(`${ownForm()}&a=1&a=2`)],
    ['a scope that comes twice', 400, 'invalid_request', () => ask(`${ownForm()}&scope=a&scope=b`)],
    [
      'a secret in the header and another in the body',
      400,
      'invalid_request',
      () => ask(ownForm(), { authorization: ownBasic() }),
    ],
    [
      'another client_id in the body than in the header',
      400,
      'invalid_request',
      () => ask(`${grant}&client_id=${makeClientId(tenant)}`, { authorization: ownBasic() }),
    ],
    ['Basic that is not base64', 400, 'invalid_request', () => ask(grant, { authorization: 'Basic a.b' })],
    [
      'Basic without a colon',
      400,
      'invalid_request',
      () => ask(grant, { authorization: `Basic ${Buffer.from('abc').toString('base64')}` }),
    ],
    ['Basic with a lone percent sign', 400, 'invalid_request', () => ask(grant, { authorization: basic('a', '%') })],
    [
      'Basic that is not UTF-8',
      400,
      'invalid_request',
      () => ask(grant, { authorization: `Basic ${Buffer.from([0xff, 0x3a, 0xff]).toString('base64')}` }),
    ],
    ['parameters in the URL', 400, 'invalid_request', () => ask(ownForm(), { path: `/oauth/token?${grant}` })],
    ['plain text', 400, 'invalid_request', () => ask(ownForm(), { type: 'text/plain' })],
    ['JSON that is a list', 400, 'invalid_request', () => ask('[]', { type: json })],
    [
      'JSON with a list for a scope',
      400,
      'invalid_request',
      () => ask('{"grant_type":"client_credentials","scope":["a"]}', { type: json }),
    ],
    ['a body of 9 KB', 400, 'invalid_request', () => ask(ownForm({ padding: 'x'.repeat(9_000) }))],
    ['a body that is not UTF-8', 400, 'invalid_request', () => ask(Uint8Array.from([0x61, 0x3d, 0xff]))],
    ['no client at all', 401, 'invalid_client', () => ask(grant)],
    ['a client without a secret', 401, 'invalid_client', () => ask(`${grant}&client_id=${robot.clientId}`)],
    ['an unknown scope', 400, 'invalid_scope', () => ask(ownForm({ scope: 'candidates:read root' }))],
    ['a scope no program may have', 400, 'invalid_scope', () => ask(ownForm({ scope: 'members:write' }))],
    ['a malformed scope', 400, 'invalid_scope', () => ask(ownForm({ scope: ' candidates:read' }))],
    ['a scope with a quote', 400, 'invalid_scope', () => ask(ownForm({ scope: '"' }))],
  ];
  it.each(refusals)('%s: %i %s', async (_, status, error, send) => {
    const told = await send();
    expect(told.body).toEqual({ error, error_description: expect.stringMatching(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/) });
    expect(told.status).toBe(status);
    expect(told.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect([told.headers.get('cache-control'), told.headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
    expect(told.headers.get('www-authenticate')).toBe(status === 401 ? 'Basic realm="oauth", charset="UTF-8"' : null);
  });

  it('a scope that the client was not given: 400 invalid_scope', async () => {
    const { clientId, clientSecret } = await world.integrator(tenant, ['search:read']);
    const { status, body } = await ask(form({ grant_type: 'client_credentials', scope: 'candidates:read' }), {
      authorization: basic(clientId, clientSecret),
    });
    expect([status, body.error]).toEqual([400, 'invalid_scope']);
  });

  it('another method or path: 404, as every function says it', async () => {
    const { status, body } = await world.anonymous.rest('GET', '/oauth/token');
    expect([status, body.code]).toEqual([404, 'route.not_found']);
  });
});

describe('who proves to be no client learns nothing more', () => {
  let ofNobody: Answer;
  const told = ({ status, body, headers }: Answer) => ({
    status,
    body,
    headers: Object.fromEntries(
      [...headers].filter(([name]) => !['date', 'x-request-id', 'server-timing'].includes(name)),
    ),
  });
  const asking = (id: string, secret: string) => ask(grant, { authorization: basic(id, secret) });

  beforeAll(async () => {
    ofNobody = await asking(makeClientId(tenant), makeCredential('clientSecret'));
  });

  it('an unknown client is refused with invalid_client', () => {
    expect([ofNobody.status, ofNobody.body.error]).toEqual([401, 'invalid_client']);
  });

  it.each([
    ['a wrong secret', async () => asking(robot.clientId, makeCredential('clientSecret'))],
    ['a mistyped secret', async () => asking(robot.clientId, `${robot.clientSecret.slice(0, -1)}!`)],
    ['an API key for a secret', async () => asking(robot.clientId, robot.apiKey)],
    ['an empty id and secret', async () => asking('', '')],
    ['an id that is a path', async () => asking('../../tenants', 'x')],
    ['a client of a tenant that is not', async () => asking(`nobody-here.${'a'.repeat(16)}`, robot.clientSecret)],
    ['the secret of another client', async () => asking(robot.clientId, (await world.integrator(tenant)).clientSecret)],
    [
      'a revoked client',
      async () => {
        const { clientId, clientSecret } = await world.integrator(tenant);
        await oauthClientsOf(tenant, byTests).revoke(clientId as ClientId, new Date());
        return asking(clientId, clientSecret);
      },
    ],
    [
      'a client of a suspended tenant',
      async () => {
        const suspended = await world.tenant('suspended');
        const { clientId, clientSecret } = await world.integrator(suspended);
        await putTenant(suspended, { name: 'suspended', status: 'suspended' });
        return asking(clientId, clientSecret);
      },
    ],
  ])('%s is told the very same', async (_, send) => {
    expect(told(await send())).toEqual(told(ofNobody));
  });

  it('a refusal of a client that there is stands in its tenant’s audit log', async () => {
    const own = await world.tenant('audited');
    const { clientId } = await world.integrator(own);
    await asking(clientId, makeCredential('clientSecret'));
    const { docs } = await (await openFirestore()).collection(`tenants/${own}/audit`).get();
    expect(docs.map((one) => JSON.parse(one.get('body'))).filter(({ outcome }) => outcome === 'refused')).toEqual([
      expect.objectContaining({ by: 'oauth.token', actor: clientId, action: 'call.refused' }),
    ]);
  });
});

describe('who fails too often waits', () => {
  const from = (address: string, id: string, secret: string) =>
    ask(grant, { authorization: basic(id, secret), headers: { 'x-forwarded-for': address } });
  const fail = (times: number, address: string, id: () => string) =>
    Promise.all(Array.from({ length: times }, () => from(address, id(), 'wrong')));

  it('with one client at one address after ten times, and its owner elsewhere is not disturbed', async () => {
    const { clientId, clientSecret } = await world.integrator(tenant);
    await fail(10, '198.51.100.1', () => clientId);
    const { status, body, headers } = await from('198.51.100.1', clientId, clientSecret);
    expect([status, body.error]).toEqual([429, 'temporarily_unavailable']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect((await from('198.51.100.2', clientId, clientSecret)).status).toBe(200);
    expect((await from('198.51.100.1', robot.clientId, robot.clientSecret)).status).toBe(200);
  });

  it('at one address after sixty times with any clients', async () => {
    await fail(60, '198.51.100.3', () => makeClientId(tenant));
    expect((await from('198.51.100.3', robot.clientId, robot.clientSecret)).status).toBe(429);
    expect((await from('198.51.100.4', robot.clientId, robot.clientSecret)).status).toBe(200);
  });
});
