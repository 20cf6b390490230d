import { z } from 'zod';
import { type FunctionsHost, hostFunctions } from '../../../scripts/lib/functions-host.ts';
import { projectId, region } from '../../../scripts/lib/project.ts';
import { type AnyEndpoint, endpoint } from '../../src/contract/endpoint.ts';
import { deploy } from '../../src/projections/function.ts';
import { openWorld, type Person, type World } from '../harness.ts';

let world: World;
let ana: Person;

beforeAll(async () => {
  world = await openWorld();
  ana = await world.person(await world.tenant('output'));
});
afterAll(() => world.close());

describe('an endpoint that says more than it declared', () => {
  const Out = z.strictObject({ known: z.string(), inner: z.strictObject({ known: z.string() }) });
  const talkative = (more: object, inner: object) =>
    endpoint({
      id: 'probe.talk',
      summary: 'Made in a test.',
      route: 'POST /v1/probe/talk',
      scope: 'search:read',
      needs: [],
      input: z.strictObject({}),
      output: Out,
      errors: [],
      cache: 'never',
      emits: [],
      effect: 'reads',
      limits: { timeoutSeconds: 1, callsPerSecond: 50 },
      run: { memory: '256MiB', minInstances: 0, concurrency: 1 },
      slo: { p95Ms: 10 },
      example: { input: {}, output: { known: 'a', inner: { known: 'b' } } },
      handler: async () => ({ known: 'a', ...more, inner: { known: 'b', ...inner } }),
    }) as unknown as AnyEndpoint;
  let host: FunctionsHost;

  const answerOf = async (one: AnyEndpoint) => {
    host = await hostFunctions(
      { probe: { talk: deploy(one) } },
      { routes: [{ method: 'POST', path: '/v1/probe/talk', name: 'probe-talk' }] },
    );
    const headers = { authorization: `Bearer ${ana.token}`, 'content-type': 'application/json' };
    const asked = [
      ['/v1/probe/talk', '{}'],
      [`/${projectId}/${region}/probe-talk`, '{"data":{}}'],
    ] as const;
    const answers = await Promise.all(
      asked.map(async ([path, body]) => {
        const response = await fetch(host.url + path, { method: 'POST', headers, body });
        return { status: response.status, text: await response.text() };
      }),
    );
    await host.stop();
    return answers;
  };

  it('answers when it keeps to the declaration', async () => {
    expect((await answerOf(talkative({}, {}))).map(({ status }) => status)).toEqual([200, 200]);
  });

  it.each([
    ['at the top', talkative({ secret: 'hush-hush' }, {})],
    ['within', talkative({}, { secret: 'hush-hush' })],
    ['in a value of another type', talkative({ known: { secret: 'hush-hush' } }, {})],
  ])('cannot leak a surplus field %s: the call fails as internal and the field stays inside', async (_, one) => {
    for (const { status, text } of await answerOf(one)) {
      expect(status).toBe(500);
      expect(text).toContain('"internal"');
      expect(text).not.toMatch(/hush-hush|secret/);
    }
    const logged = (globalThis as { logLines?: string[] }).logLines?.join('\n');
    expect(logged).not.toContain('hush-hush');
  });

  it('that takes longer than its limit is ended with call.timeout', async () => {
    const slow = {
      ...talkative({}, {}),
      handler: () => new Promise<unknown>(() => {}),
      limits: { timeoutSeconds: 0.05, callsPerSecond: 50 },
    };
    for (const { status, text } of await answerOf(slow)) {
      expect(status).toBe(504);
      expect(text).toContain('"call.timeout"');
    }
  });
});
