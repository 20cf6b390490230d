import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { registry } from '../../src/endpoints/registry.ts';
import { createClient } from '../../src/projections/client.ts';
import { callableTransport } from '../../src/projections/web-client/callable.ts';
import { HeadhunterError } from '../../src/projections/web-client/error.ts';
import { restTransport } from '../../src/projections/web-client/rest.ts';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly authorization: string | undefined;
  readonly body: string;
  readonly key?: string | string[] | undefined;
}

let server: Server;
let baseUrl: string;
let seen: Seen[];
let answer: { status: number; body: string };

beforeAll(async () => {
  server = createServer(async (req: IncomingMessage, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const { method, url, headers } = req;
    const key = headers['idempotency-key'];
    const body = Buffer.concat(chunks).toString();
    seen.push({ method, url, authorization: headers.authorization, body, ...(key && { key }) });
    res.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterAll(() => server.close());
beforeEach(() => {
  seen = [];
  answer = { status: 200, body: '{"requestId":"r-1"}' };
});

const failure = async (call: Promise<unknown>): Promise<HeadhunterError> => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof HeadhunterError)) throw new Error(`expected a HeadhunterError, got ${error}`);
  return error;
};

const notFound = {
  code: 'candidate.not_found',
  message: 'There is no such candidate in your pool.',
  requestId: 'r-2',
  details: [{ path: 'candidateId', message: 'unknown' }],
};

describe('client over REST', () => {
  const client = () => createClient(registry, restTransport({ baseUrl, token: () => 'a.b.c' }));

  it('sends a POST as JSON with the bearer token', async () => {
    expect(await client().search.hybrid({ query: 'Java', limit: 3 })).toEqual({ requestId: 'r-1' });
    expect(seen).toEqual([
      { method: 'POST', url: '/v1/search/hybrid', authorization: 'Bearer a.b.c', body: '{"query":"Java","limit":3}' },
    ]);
  });

  it('puts path parameters into the path, encoded, and the rest of a GET into the query', async () => {
    await client().candidates.get({ candidateId: 'a/b c', includeText: true });
    await client().candidates.list({ limit: 5, cursor: undefined });
    await client().candidates.remove({ candidateId: 'x-1' });
    expect(seen.map(({ method, url, body }) => [method, url, body])).toEqual([
      ['GET', '/v1/candidates/a%2Fb%20c?includeText=true', ''],
      ['GET', '/v1/candidates?limit=5', ''],
      ['DELETE', '/v1/candidates/x-1', ''],
    ]);
  });

  it('sends the key of a write as a header, beside the same body, and none with a call that only reads', async () => {
    const options = { idempotencyKey: 'key-of-this-order' };
    await client().candidates.upsert({ profile: { fullName: 'Bia Exemplo' } }, options);
    await client().candidates.remove({ candidateId: 'x-1' }, options);
    await client().candidates.get({ candidateId: 'x-1' }, options);
    expect(seen.map(({ key, body }) => [key, body])).toEqual([
      ['key-of-this-order', '{"profile":{"fullName":"Bia Exemplo"}}'],
      ['key-of-this-order', ''],
      [undefined, ''],
    ]);
  });

  it('throws what the service says as HeadhunterError', async () => {
    answer = { status: 404, body: JSON.stringify(notFound) };
    expect({ ...(await failure(client().candidates.get({ candidateId: 'x-1' }))) }).toMatchObject({
      code: 'candidate.not_found',
      requestId: 'r-2',
      details: notFound.details,
    });
  });

  it.each([
    [502, '<html>bad gateway</html>'],
    [503, '{"error":"other"}'],
    [200, 'not json'],
  ])('throws transport.unreadable at HTTP %i with a body that is not ours', async (status, body) => {
    answer = { status, body };
    expect((await failure(client().candidates.list({}))).code).toBe('transport.unreadable');
  });

  it('throws transport.unreachable when nobody listens', async () => {
    const lost = createClient(registry, restTransport({ baseUrl: 'http://127.0.0.1:1', token: () => 'a.b.c' }));
    expect((await failure(lost.candidates.list({}))).code).toBe('transport.unreachable');
  });

  it('throws transport.timeout when the wait was for nothing', async () => {
    const late = () => Promise.reject(new DOMException('late', 'TimeoutError'));
    const slow = createClient(registry, restTransport({ baseUrl, token: () => 'a.b.c', fetch: late }));
    expect((await failure(slow.candidates.list({}))).code).toBe('transport.timeout');
  });

  it('throws auth.required when there is no token to send, and sends nothing', async () => {
    const token = () => Promise.reject(new Error('signed out'));
    const anonymous = createClient(registry, restTransport({ baseUrl, token }));
    expect((await failure(anonymous.candidates.list({}))).code).toBe('auth.required');
    expect(seen).toEqual([]);
  });
});

describe('client over callables', () => {
  const failing = (error: object) =>
    createClient(
      registry,
      callableTransport(() => () => Promise.reject(error)),
    );

  it('calls the function of the endpoint and waits as long as the endpoint may take', async () => {
    const calls: unknown[] = [];
    const transport = callableTransport((name, options) => async (data) => {
      calls.push([name, options, data]);
      return { data: { requestId: 'r-3' } };
    });
    expect(await createClient(registry, transport).search.hybrid({ query: 'Java' })).toEqual({ requestId: 'r-3' });
    expect(calls).toEqual([['search-hybrid', { timeout: 20_000 }, { query: 'Java' }]]);
  });

  it('sends the key of a write beside its input, and none with a call that only reads', async () => {
    const sent: unknown[] = [];
    const transport = callableTransport(() => async (data) => {
      sent.push(data);
      return { data: { requestId: 'r-3' } };
    });
    const [client, options] = [createClient(registry, transport), { idempotencyKey: 'key-of-this-order' }];
    await client.candidates.remove({ candidateId: 'x-1' }, options);
    await client.candidates.get({ candidateId: 'x-1' }, options);
    expect(sent).toEqual([{ candidateId: 'x-1', idempotencyKey: 'key-of-this-order' }, { candidateId: 'x-1' }]);
  });

  it('throws what the service says as HeadhunterError', async () => {
    const error = await failure(
      failing({ code: 'functions/not-found', details: notFound }).candidates.get({ candidateId: 'x-1' }),
    );
    expect([error.code, error.requestId, error.details]).toEqual(['candidate.not_found', 'r-2', notFound.details]);
  });

  it.each([
    ['functions/unauthenticated', 'auth.required'],
    ['functions/deadline-exceeded', 'transport.timeout'],
    ['functions/internal', 'transport.unreachable'],
  ])('tells the SDK’s own %s as %s', async (code, expected) => {
    expect((await failure(failing({ code }).candidates.list({}))).code).toBe(expected);
  });
});
