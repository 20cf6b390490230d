import { projectId, region } from '../../../../scripts/lib/project.ts';
import { publicRegistry } from '../../../src/endpoints/registry.ts';
import { publicEndpointsOf } from '../../../src/projections/routes.ts';
import { openWorld, type World } from '../../harness.ts';

const named = publicEndpointsOf(publicRegistry).map((one) => [one.id, one] as const);
let world: World;

beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const lines = () => (globalThis as { logLines?: string[] }).logLines ?? [];
const functionOf = (id: string) => `/${projectId}/${region}/${id.replace('.', '-')}`;

describe('what anybody may ask', () => {
  it.each(named)('%s answers /health, and /ready with the state of each thing it needs', async (id, { needs }) => {
    const health = await world.anonymous.rest('GET', `${functionOf(id)}/health`);
    expect([health.status, health.body]).toEqual([200, { status: 'alive', endpoint: id }]);
    const ready = await world.anonymous.rest('GET', `${functionOf(id)}/ready`);
    expect(ready.body).toEqual({
      status: 'ready',
      endpoint: id,
      needs: Object.fromEntries(needs.map((name) => [name, 'ready'])),
    });
  });

  it.each(named)('%s leaves one log line a call, of the trace it came in', async (id, { routes }) => {
    const [method = '', path = ''] = routes[0].split(' ');
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const before = lines().length;
    const body = method === 'POST' ? {} : undefined;
    const headers = { 'x-request-id': 'request-of-mine-1', 'x-cloud-trace-context': `${traceId}/1` };
    const answer = await world.anonymous.rest(method, path, body, headers);
    expect(answer.headers.get('x-request-id')).toBe('request-of-mine-1');
    const calls = lines()
      .slice(before)
      .map((line) => JSON.parse(line))
      .filter(({ message }) => message === 'call');
    expect(calls).toEqual([
      expect.objectContaining({
        endpoint: id,
        dialect: 'public',
        requestId: 'request-of-mine-1',
        status: answer.status,
        code: answer.status === 200 ? 'ok' : 'invalid_request',
        'logging.googleapis.com/trace': expect.stringContaining(`/traces/${traceId}`) as string,
      }),
    ]);
  });

  it.each(named)('%s refuses another path with route.not_found', async (id) => {
    for (const path of ['/', '/oauth/', '/.well-known/jwks.json/']) {
      const { status, body } = await world.anonymous.rest('PUT', functionOf(id) + path);
      expect([status, body.code]).toEqual([404, 'route.not_found']);
    }
  });

  it.each(named)('%s declares an example that its own contract accepts', (_, { example, input, output }) => {
    expect(output.safeParse(example.output).error).toBeUndefined();
    expect(output.safeParse({ ...example.output, surplus: 1 }).success).toBe(false);
    if (input !== 'nothing') expect(input.safeParse(example.input).error).toBeUndefined();
  });

  it('the client of a token is in its log line, and neither its secret nor the token is in any', async () => {
    const tenant = await world.tenant('logged');
    const { clientId, clientSecret, token } = await world.integrator(tenant);
    const before = lines().length;
    const text = await token();
    const told = lines().slice(before);
    expect(told.map((line) => JSON.parse(line))).toContainEqual(
      expect.objectContaining({ endpoint: 'oauth.token', actorKind: 'client', actor: clientId, tenant, code: 'ok' }),
    );
    expect(told.filter((line) => line.includes(clientSecret) || line.includes(text))).toEqual([]);
  });
});

describe('the discovery document', () => {
  it.each(['oauth-authorization-server', 'openid-configuration'])('is the same at /.well-known/%s', async (name) => {
    const { status, body } = await world.anonymous.rest('GET', `/.well-known/${name}`);
    const { url } = world.host;
    expect([status, body]).toEqual([
      200,
      {
        issuer: url,
        token_endpoint: `${url}/oauth/token`,
        jwks_uri: `${url}/.well-known/jwks.json`,
        scopes_supported: expect.arrayContaining(['candidates:read', 'audit:read']) as string[],
        response_types_supported: [],
        grant_types_supported: ['client_credentials'],
        token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
      },
    ]);
  });

  it('cannot be told where no issuer is configured: 500, and the log names what is missing', async () => {
    const issuer = process.env['OAUTH_ISSUER'];
    delete process.env['OAUTH_ISSUER'];
    const before = lines().length;
    const { status, body } = await world.anonymous.rest('GET', '/.well-known/oauth-authorization-server');
    const ready = await world.anonymous.rest('GET', `${functionOf('oauth.discovery')}/ready`);
    process.env['OAUTH_ISSUER'] = issuer;
    expect([status, body.error]).toEqual([500, 'server_error']);
    expect(lines().slice(before).join('\n')).toContain('OAUTH_ISSUER: the public URL of the gateway is not set');
    expect([ready.status, ready.body.needs]).toEqual([503, { issuer: 'unavailable' }]);
  });
});
