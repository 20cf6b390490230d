import { once } from 'node:events';
import { type IncomingHttpHeaders, request } from 'node:http';
import { onRequest } from 'firebase-functions/https';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { freePort } from '../../scripts/lib/free-port.ts';
import { type FunctionsHost, hostFunctions } from '../../scripts/lib/functions-host.ts';
import { probe } from '../../scripts/lib/gateway-place.ts';
import { EnforcedDocument } from '../../scripts/lib/local-gateway/document.ts';
import { routesOfDocument } from '../../scripts/lib/local-gateway/routes.ts';
import { openRoutes } from '../../scripts/lib/open-routes.ts';
import { projectId, region } from '../../scripts/lib/project.ts';
import { makeCredential } from '../src/contract/credential.ts';
import { registry } from '../src/endpoints/registry.ts';
import { gatewayOf } from '../src/projections/gateway.ts';
import { type GatewayProcess, startGateway } from './gateway-process.ts';
import { type Integrator, type Json, openWorld, type World } from './harness.ts';

const issuer = 'https://gateway.test';
const keyOf = (letter: string) => `hhk_${letter.repeat(38)}`;
const key = keyOf('k');
const bodyLimitBytes = 32 * 1024 * 1024;
const place = { project: projectId, issuer, audience: issuer };
const document = () => EnforcedDocument.parse(gatewayOf(registry, { version: '1', place, open: openRoutes, probe }));

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly headers: IncomingHttpHeaders;
}

/** Any request at all, headers and path as they are written. */
async function send(
  base: string,
  method: string,
  path: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
): Promise<Answer> {
  const { hostname, port } = new URL(base);
  const outgoing = request({ hostname, port, method, path, headers, agent: false });
  outgoing.end(body);
  const [response] = (await once(outgoing, 'response')) as [
    AsyncIterable<Buffer> & { statusCode: number; headers: IncomingHttpHeaders },
  ];
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return { status: response.statusCode, body: text === '' ? undefined : JSON.parse(text), headers: response.headers };
}

let keys: KeyPair;
let stranger: KeyPair;
/** Answers for candidates.list, candidates.get and the issuer with what reached it. */
let backend: FunctionsHost;
let gateway: GatewayProcess;
/** In front of the same functions, with narrow limits. */
let strict: GatewayProcess;
/** In front of nothing. */
let lonely: GatewayProcess;

function strictDocument() {
  const parsed = document();
  const { backends, quota } = parsed['x-google-api-management'];
  for (const [name, limit] of Object.entries(quota.limits)) limit.values = name.startsWith('tenant-') ? 5 : 1;
  for (const [name, one] of Object.entries(backends)) if (name === 'candidates-remove') one.deadline = 0.2;
  return parsed;
}

const sign = async (
  claims: { [Claim in keyof JWTPayload]: JWTPayload[Claim] | undefined } = {},
  { alg = 'ES256', kid = 'k1', by = keys.privateKey as KeyPair['privateKey'] | Uint8Array } = {},
) =>
  new SignJWT({
    iss: issuer,
    aud: issuer,
    sub: 'acme.client',
    iat: now(),
    exp: now() + 600,
    tenantId: 'acme',
    ...claims,
  } as JWTPayload)
    .setProtectedHeader({ alg, kid, typ: 'at+jwt' })
    .sign(by);
const now = () => Math.floor(Date.now() / 1_000);
const proof = async (token?: string, apiKey = key) => ({
  authorization: `Bearer ${token ?? (await sign())}`,
  'x-api-key': apiKey,
});

const jwks = onRequest({ region }, async (_req, res) => {
  res.json({ keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] });
});

beforeAll(async () => {
  [keys, stranger] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')]);
  const echo = onRequest({ region }, (req, res) => {
    res.json({ method: req.method, url: req.url, headers: req.headers, bytes: req.rawBody?.length ?? 0 });
  });
  const silent = onRequest({ region }, () => {});
  backend = await hostFunctions({
    candidates: { list: echo, get: echo, upsert: echo, remove: silent },
    oauth: { jwks, token: echo },
  });
  [gateway, strict, lonely] = await Promise.all([
    startGateway(document(), backend.url),
    startGateway(strictDocument(), backend.url),
    startGateway(document(), `http://127.0.0.1:${await freePort()}`),
  ]);
});
afterAll(async () => {
  await Promise.all([gateway.stop(), strict.stop(), lonely.stop()]);
  await backend.stop();
});

const refusal = (code: number, message: string) => ({ status: code, body: { code, message } });
const list = (headers: Record<string, string>, base = gateway.url) => send(base, 'GET', '/v1/candidates', headers);

describe('local gateway', () => {
  describe('routes by the document', () => {
    const notDefined = refusal(404, 'The current request is not defined by this API.');

    it.each([
      ['an unknown path', 'GET', '/v1/unknown'],
      ['a path in other letters', 'GET', '/V1/candidates'],
      ['an empty parameter', 'GET', '/v1/candidates//'],
      ['a path that looks like a host', 'GET', '//evil.example/v1/candidates'],
      ['a path that climbs out of the API', 'GET', '/v1/candidates/../../internal'],
      ['an address of another server', 'GET', 'http://evil.example/v1/candidates'],
      ['a function’s own address', 'GET', `/${projectId}/${region}/candidates-list`],
    ])('%s is 404', async (_, method, path) => {
      expect(await send(gateway.url, method, path, await proof())).toMatchObject(notDefined);
    });

    it.each(['PUT', 'HEAD', 'OPTIONS'])('%s where the document has no such method is 405', async (method) => {
      const { status, body } = await send(gateway.url, method, '/v1/candidates', await proof());
      expect(status).toBe(405);
      if (method !== 'HEAD') expect(body).toEqual({ code: 405, message: expect.stringContaining('"/v1/candidates"') });
    });

    it('sends what fits on to the operation’s function, path and query as they came', async () => {
      const answer = await send(gateway.url, 'GET', '/v1/candidates/ca%2F1?includeText=true', await proof());
      expect(answer).toMatchObject({ status: 200, body: { url: '/v1/candidates/ca%2F1?includeText=true' } });
    });

    it('sends a climbing path on as what it comes to', async () => {
      const answer = await send(gateway.url, 'GET', '/v1/search/../candidates', await proof());
      expect(answer.body.url).toBe('/v1/candidates');
    });
  });

  describe('lets in who brings a token of the issuer and a key', () => {
    it('both together pass', async () => {
      expect(await list(await proof())).toMatchObject({ status: 200, body: { method: 'GET', url: '/v1/candidates' } });
    });

    it('no token is refused, with a key or without', async () => {
      const missing = refusal(401, 'Jwt is missing');
      expect(await list({ 'x-api-key': key })).toMatchObject(missing);
      expect(await list({})).toMatchObject(missing);
      expect(await list({ authorization: `Basic ${btoa('a:b')}`, 'x-api-key': key })).toMatchObject(missing);
    });

    it('a token in the query is none', async () => {
      const answer = await send(gateway.url, 'GET', `/v1/candidates?access_token=${await sign()}`, {
        'x-api-key': key,
      });
      expect(answer).toMatchObject(refusal(401, 'Jwt is missing'));
    });

    const bad: readonly (readonly [string, () => Promise<string>, number, string])[] = [
      [
        'garbage',
        async () => 'garbage',
        401,
        'Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections',
      ],
      ['an expired token', () => sign({ iat: now() - 7_200, exp: now() - 3_600 }), 401, 'Jwt is expired'],
      ['a token that never expires', () => sign({ exp: undefined }), 401, 'Jwt claim is not as it has to be: exp'],
      ['a token of another issuer', () => sign({ iss: 'https://elsewhere.test' }), 401, 'Jwt issuer is not configured'],
      ['a token for another audience', () => sign({ aud: 'elsewhere' }), 403, 'Audiences in Jwt are not allowed'],
      ['a token of nobody', () => sign({ sub: undefined }), 401, 'Jwt claim is not as it has to be: sub'],
      ['a token signed by a stranger', () => sign({}, { by: stranger.privateKey }), 401, 'Jwt verification fails'],
      [
        'a token of an unknown key',
        () => sign({}, { kid: 'k9' }),
        401,
        "Jwks doesn't have key to match kid or alg from Jwt",
      ],
      [
        'a token signed with the public key as a shared secret',
        async () =>
          sign({}, { alg: 'HS256', by: new TextEncoder().encode(JSON.stringify(await exportJWK(keys.publicKey))) }),
        401,
        'Jwt header [alg] is not allowed',
      ],
      [
        'an unsigned token',
        async () => {
          const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
          const claims = { iss: issuer, aud: issuer, sub: 'acme.client', iat: now(), exp: now() + 600 };
          return `${encode({ alg: 'none' })}.${encode(claims)}.`;
        },
        401,
        'Jwt header [alg] is not allowed',
      ],
    ];
    it.each(bad)('%s is refused', async (_, token, code, message) => {
      expect(await list(await proof(await token()))).toMatchObject(refusal(code, message));
    });

    it('no key is refused, and so is what cannot be one', async () => {
      const { authorization } = await proof();
      expect((await list({ authorization })).body).toEqual({
        code: 401,
        message: expect.stringMatching(/^UNAUTHENTICATED:/),
      });
      const invalid = refusal(400, 'INVALID_ARGUMENT:API key not valid. Please pass a valid API key.');
      expect(await list({ authorization, 'x-api-key': 'short' })).toMatchObject(invalid);
      expect(await list({ authorization, 'x-api-key': `${key}, ${key}` })).toMatchObject(invalid);
    });

    it('nobody gets in while the keys of the issuer cannot be had', async () => {
      expect(await list(await proof(), lonely.url)).toMatchObject(refusal(401, 'Jwks remote fetch is failed'));
    });
  });

  // A minute may end between two calls, so more are made than two minutes allow.
  describe('counts', () => {
    const statuses = async (times: number, call: () => Promise<Answer>) => {
      const answers: Answer[] = [];
      for (let i = 0; i < times; i++) answers.push(await call());
      return answers;
    };

    it('a key that has used its minute is refused; another key is not', async () => {
      const mine = await proof(undefined, keyOf('a'));
      const answers = await statuses(11, () => list(mine, strict.url));
      expect(answers[0]?.status).toBe(200);
      expect(answers.find(({ status }) => status === 429)?.body).toEqual({
        code: 429,
        message: expect.stringContaining("'tenant-calls'"),
      });
      expect((await list(await proof(undefined, keyOf('b')), strict.url)).status).toBe(200);
    });

    it('the endpoint’s own limit stops that endpoint and no other', async () => {
      const mine = await proof(undefined, keyOf('c'));
      const answers = await statuses(3, () => send(strict.url, 'POST', '/v1/search/hybrid', mine, '{}'));
      expect(answers.find(({ status }) => status === 429)?.body).toEqual({
        code: 429,
        message: expect.stringContaining("'search-hybrid-calls'"),
      });
      expect((await list(mine, strict.url)).status).toBe(200);
    });

    it('a call without a valid token costs nobody anything', async () => {
      const forged = await proof('garbage', keyOf('d'));
      await statuses(11, () => list(forged, strict.url));
      expect((await list(await proof(undefined, keyOf('d')), strict.url)).status).toBe(200);
    });
  });

  describe('rewrites headers', () => {
    it('moves the caller’s token, puts its own identity in its place and tells the payload', async () => {
      const token = await sign();
      const { body } = await list(await proof(token));
      expect(body.headers['x-forwarded-authorization']).toBe(`Bearer ${token}`);
      expect(body.headers.authorization).toMatch(/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/);
      expect(body.headers.authorization).not.toBe(`Bearer ${token}`);
      expect(body.headers['x-apigateway-api-userinfo']).toBe(token.split('.')[1]);
      expect(body.headers['x-api-key']).toBe(key);
    });

    it('drops what a caller sends in the gateway’s name', async () => {
      const token = await sign();
      const smuggled = Buffer.from(JSON.stringify({ tenantId: 'victim' })).toString('base64url');
      const { body } = await list({
        ...(await proof(token)),
        'X-Forwarded-Authorization': 'Bearer smuggled',
        'X-Apigateway-Api-Userinfo': smuggled,
        'X-Apigateway-Api-Consumer-Number': '1',
        'X-Endpoint-API-UserInfo': smuggled,
      });
      expect(JSON.stringify(body.headers)).not.toContain(smuggled);
      expect(JSON.stringify(body.headers)).not.toContain('smuggled');
      expect(body.headers).not.toHaveProperty('x-apigateway-api-consumer-number');
      expect(body.headers['x-forwarded-authorization']).toBe(`Bearer ${token}`);
    });

    it('drops them where it asks for no credential too, and leaves a client’s Basic credentials to the issuer', async () => {
      const authorization = `Basic ${btoa('acme.client:secret')}`;
      const { body } = await send(
        gateway.url,
        'POST',
        '/oauth/token',
        { authorization, 'X-Forwarded-Authorization': 'Bearer smuggled', 'X-Apigateway-Api-Userinfo': 'smuggled' },
        'grant_type=client_credentials',
      );
      expect(body.headers.authorization).toBe(authorization);
      expect(body.headers).not.toHaveProperty('x-forwarded-authorization');
      expect(body.headers).not.toHaveProperty('x-apigateway-api-userinfo');
    });

    it('drops hop-by-hop headers and those that Connection names', async () => {
      const { body } = await list({
        ...(await proof()),
        connection: 'close, X-Secret-Hop',
        'x-secret-hop': '1',
        te: 'trailers',
      });
      expect(body.headers).not.toHaveProperty('x-secret-hop');
      expect(body.headers).not.toHaveProperty('te');
    });

    it('adds the caller’s address after those that came, and a trace where none came', async () => {
      const first = (await list({ ...(await proof()), 'x-forwarded-for': '203.0.113.7' })).body.headers;
      expect(first['x-forwarded-for']).toBe('203.0.113.7,127.0.0.1');
      expect(first['x-cloud-trace-context']).toMatch(/^[0-9a-f]{32}\/1;o=0$/);
      const trace = `${'a'.repeat(32)}/42;o=1`;
      const second = (await list({ ...(await proof()), 'x-cloud-trace-context': trace })).body.headers;
      expect(second['x-cloud-trace-context']).toBe(trace);
      const third = (await list({ ...(await proof()), 'x-cloud-trace-context': 'not a trace' })).body.headers;
      expect(third['x-cloud-trace-context']).not.toContain('not a trace');
    });
  });

  describe('stands before functions that fail', () => {
    it('a function that does not answer in time is 504', async () => {
      const answer = await send(strict.url, 'DELETE', '/v1/candidates/ca-1', await proof(undefined, keyOf('e')));
      expect(answer).toMatchObject(refusal(504, 'upstream request timeout'));
    });

    it('a function that is not there is 503', async () => {
      const { status, body } = await send(lonely.url, 'GET', '/health');
      expect([status, body]).toEqual([503, { code: 503, message: expect.stringContaining('upstream connect error') }]);
    });

    it('a body over 32 MB is 413, whether its length is told or not', async () => {
      const told = { ...(await proof()), 'content-length': String(bodyLimitBytes + 1) };
      expect(await send(gateway.url, 'POST', '/v1/candidates', told)).toMatchObject(refusal(413, 'Payload Too Large'));
      const untold = { ...(await proof()), 'transfer-encoding': 'chunked', 'content-type': 'application/octet-stream' };
      const answer = await send(gateway.url, 'POST', '/v1/candidates', untold, Buffer.alloc(bodyLimitBytes + 1));
      expect(answer).toMatchObject(refusal(413, 'Payload Too Large'));
    });

    it('a body of a megabyte arrives whole', async () => {
      const headers = { ...(await proof()), 'content-type': 'application/octet-stream' };
      const answer = await send(gateway.url, 'POST', '/v1/candidates', headers, Buffer.alloc(1 << 20));
      expect(answer).toMatchObject({ status: 200, body: { bytes: 1 << 20 } });
    });
  });

  it('refuses a document that refers to what is not in it', () => {
    const lost = document();
    delete lost['x-google-api-management'].backends['candidates-list'];
    expect(() => routesOfDocument(lost)).toThrow(
      'GET /v1/candidates names the backend "candidates-list", which is not defined',
    );
    const nameless = document();
    delete nameless.components.securitySchemes['apiKey'];
    expect(() => routesOfDocument(nameless)).toThrow('asks for "apiKey", which is not defined');
    const either = document();
    either.security = [{ accessToken: [] }, { apiKey: [] }];
    expect(() => routesOfDocument(either)).toThrow('offers a choice of credentials');
  });
});

describe('the functions behind the local gateway', () => {
  let world: World;
  let whole: GatewayProcess;
  let robot: Integrator;
  beforeAll(async () => {
    world = await openWorld();
    robot = await world.integrator(await world.tenant('gateway'));
    const here = { project: projectId, issuer: world.host.url, audience: world.host.url };
    const open = openRoutes;
    whole = await startGateway(gatewayOf(registry, { version: '1', place: here, open, probe }), world.host.url);
  });
  afterAll(async () => {
    await whole.stop();
    await world.close();
  });

  const basic = () => `Basic ${Buffer.from(`${robot.clientId}:${robot.clientSecret}`).toString('base64')}`;
  async function tokenOf(): Promise<string> {
    const form = { authorization: basic(), 'content-type': 'application/x-www-form-urlencoded' };
    const { status, body } = await send(whole.url, 'POST', '/oauth/token', form, 'grant_type=client_credentials');
    expect(status).toBe(200);
    return body.access_token;
  }

  it('answer /health and /ready without a credential', async () => {
    expect(await send(whole.url, 'GET', '/health')).toMatchObject({
      status: 200,
      body: { status: 'alive', endpoint: probe },
    });
    expect(await send(whole.url, 'GET', '/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
  });

  it('answer a program that signed in through it, with its key, and tell what its limits leave', async () => {
    const answer = await list(await proof(await tokenOf(), robot.apiKey), whole.url);
    expect(answer).toMatchObject({ status: 200, body: { candidates: [] } });
    expect(answer.headers['ratelimit-limit']).toMatch(/^\d+$/);
  });

  it('refuse what only they can know: a key of nobody, a scope that is not the program’s', async () => {
    const token = await tokenOf();
    const foreign = await list(await proof(token, makeCredential('apiKey')), whole.url);
    expect(foreign).toMatchObject({ status: 401, body: { code: 'auth.key_invalid' } });
    const members = await send(whole.url, 'GET', '/v1/admin/members', await proof(token, robot.apiKey));
    expect(members).toMatchObject({ status: 403, body: { code: 'auth.scope_missing' } });
    expect(members.headers['content-type']).toContain('application/problem+json');
  });

  it('take nobody for a caller whom the gateway alone vouches for', async () => {
    const token = await tokenOf();
    const payload = token.split('.')[1] ?? '';
    const vouched = { authorization: 'Bearer the.gateways.own', 'x-apigateway-api-userinfo': payload };
    const straight = await send(world.host.url, 'GET', '/v1/candidates', { ...vouched, 'x-api-key': robot.apiKey });
    expect(straight).toMatchObject({ status: 401, body: { code: 'auth.required' } });
  });
});
