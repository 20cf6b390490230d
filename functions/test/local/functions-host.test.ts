import { onCall, onRequest } from 'firebase-functions/https';
import { onTaskDispatched } from 'firebase-functions/tasks';
import { type FunctionsHost, hostFunctions } from '../../../scripts/lib/functions-host.ts';
import { projectId, region } from '../../../scripts/lib/project.ts';

const echo = onRequest({ region }, (req, res) => {
  res.json({ path: req.path, url: req.url, body: req.body, raw: (req.rawBody ?? Buffer.alloc(0)).toString() });
});
const broken = Object.assign(() => Promise.reject(new Error('inside')), { __endpoint: { httpsTrigger: {} } });
const slow = onRequest({ region }, (_req, res) => void setTimeout(() => res.json({ done: true }), 300));
const greet = onCall({ region }, ({ data }) => `hello ${data}`);
const work = onTaskDispatched({ region, retryConfig: { maxAttempts: 2 } }, () => {});
const routes = [
  { method: 'POST', path: '/v1/echo', name: 'group-echo' },
  { method: 'GET', path: '/v1/echo/{id}', name: 'group-echo' },
];
let host: FunctionsHost;
let functions: string;

beforeAll(async () => {
  host = await hostFunctions({ group: { echo, greet }, broken, slow, work, version: '1' }, { routes });
  functions = `${host.url}/${projectId}/${region}`;
});
afterAll(async () => await host.stop());

const post = (url: string, body: string) =>
  fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });

describe('functions host', () => {
  it('finds functions by their endpoint, nested ones under group-member names', () => {
    expect(host.functions.map(({ name, kind }) => [name, kind])).toEqual([
      ['group-echo', 'https'],
      ['group-greet', 'callable'],
      ['broken', 'https'],
      ['slow', 'https'],
      ['work', 'task'],
    ]);
    expect(host.functions.at(-1)?.taskQueue).toMatchObject({ retryConfig: { maxAttempts: 2 } });
  });

  it('speaks the callable protocol at the function', async () => {
    const response = await post(`${functions}/group-greet`, JSON.stringify({ data: 'Ana' }));
    expect([response.status, await response.json()]).toEqual([200, { result: 'hello Ana' }]);
  });

  it('passes a path below the function on to it, with the body parsed and its bytes kept', async () => {
    const response = await post(`${functions}/group-echo/v1/echo?x=1`, '{ "a": 1 }');
    expect(await response.json()).toEqual({ path: '/v1/echo', url: '/v1/echo?x=1', body: { a: 1 }, raw: '{ "a": 1 }' });
  });

  it('routes the public API at the root with the path unchanged', async () => {
    expect(await (await post(`${host.url}/v1/echo`, '{}')).json()).toMatchObject({ path: '/v1/echo' });
    expect(await (await fetch(`${host.url}/v1/echo/ca-1`)).json()).toMatchObject({ path: '/v1/echo/ca-1' });
  });

  it.each([
    ['malformed JSON with 400 input.invalid', () => post(`${host.url}/v1/echo`, '{"a":'), 400, 'input.invalid'],
    [
      'more than 32 MB with 413 input.too_large',
      () => post(`${host.url}/v1/echo`, ' '.repeat(33 << 20)),
      413,
      'input.too_large',
    ],
    ['an unknown path with 404 route.not_found', () => fetch(`${host.url}/v1/nothing`), 404, 'route.not_found'],
    ['a known path with another method with 404', () => fetch(`${host.url}/v1/echo`), 404, 'route.not_found'],
  ])('answers %s', async (_what, call, status, code) => {
    const response = await call();
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    const body = (await response.json()) as Record<string, unknown>;
    expect([response.status, body['code']]).toEqual([status, code]);
    expect(body['requestId']).toBe(response.headers.get('x-request-id'));
  });

  it('answers 500 internal, without the cause, when a function lets an error through', async () => {
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    const response = await fetch(`${functions}/broken`);
    const said = write.mock.calls.join('');
    write.mockRestore();
    const body = await response.text();
    expect([response.status, body.includes('inside'), said.includes('inside')]).toEqual([500, false, true]);
  });

  it('refuses routes to functions that do not exist and names that cannot be deployed', async () => {
    await expect(hostFunctions({}, { routes })).rejects.toThrow('"group-echo", which is not exported');
    await expect(hostFunctions({ _bad: echo })).rejects.toThrow('cannot be the name of a function');
  });

  it('lets a call in progress end when it stops', async () => {
    const own = await hostFunctions({ slow });
    const answer = fetch(`${own.functions[0]?.url}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    const [response] = await Promise.all([answer, own.stop()]);
    expect(await response.json()).toEqual({ done: true });
    await expect(fetch(own.url)).rejects.toThrow();
  });
});
