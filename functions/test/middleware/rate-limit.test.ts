import { randomUUID } from 'node:crypto';
import type { AnyEndpoint } from '../../src/contract/endpoint.ts';
import { Problem } from '../../src/contract/errors.ts';
import { TenantId } from '../../src/contract/ids.ts';
import { list } from '../../src/endpoints/candidates/list.ts';
import { hybrid } from '../../src/endpoints/search/hybrid.ts';
import { takeTurn } from '../../src/middleware/rate-limit.ts';
import { openFirestore } from '../../src/platform/firestore.ts';
import { ask, dialects, type Json, openWorld, type Told, type World } from '../harness.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const told = ({ headers }: Told, name: string) => headers.get(name);
const [searching, listing] = [hybrid, list] as unknown as AnyEndpoint[];
const [never, roomy] = [0.01, 10_000];

describe.each(dialects)('a caller over %s', (dialect) => {
  it('is told with every answer what is left, and past the tenant’s limit when to come back', async () => {
    const ana = await world.person(await world.tenant('limits', { limits: { callsPerSecond: never } }));
    const answers: Told[] = [];
    for (let i = 0; i < 12; i++) answers.push(await ask(ana, dialect, 'candidates.list', {}));
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(200), 429, 429]);
    expect(answers.map((answer) => told(answer, 'ratelimit-remaining'))).toEqual([
      ...['9', '8', '7', '6', '5', '4', '3', '2', '1', '0'],
      ...['0', '0'],
    ]);
    const [first, refused] = [answers[0] as Told, answers[10] as Told];
    expect([told(first, 'ratelimit-limit'), told(first, 'ratelimit-policy')]).toEqual(['10', '10;w=1000']);
    expect([told(first, 'ratelimit-reset'), told(first, 'retry-after')]).toEqual(['100', null]);
    expect(Number(told(refused, 'retry-after'))).toBeGreaterThan(90);
    expect(Number(told(refused, 'retry-after'))).toBeLessThanOrEqual(100);
    expect(refused.error).toMatchObject({
      code: 'rate.limited',
      details: [{ path: 'tenant', message: expect.stringMatching(/^at most 10 calls in 1000 s; wait \d+ s$/) }],
    });
  });

  it('past one endpoint’s limit goes on at the others, and other tenants go on at that one', async () => {
    const limits = { callsPerSecond: roomy, endpoints: { 'candidates.list': never, 'embed.generate': roomy } };
    const ana = await world.person(await world.tenant('limits', { limits }));
    const statuses = [];
    for (let i = 0; i < 11; i++) statuses.push((await ask(ana, dialect, 'candidates.list', {})).status);
    expect(statuses.lastIndexOf(200)).toBe(9);
    const refused = await ask(ana, dialect, 'candidates.list', {});
    expect([refused.status, refused.error.details[0].path]).toEqual([429, 'endpoint']);
    expect((await ask(ana, dialect, 'embed.generate', { text: 'Java' })).status).toBe(200);
    const bia = await world.person(await world.tenant('limits', { limits }));
    expect((await ask(bia, dialect, 'candidates.list', {})).status).toBe(200);
  });

  it('is one of all members of the tenant', async () => {
    const tenant = await world.tenant('limits', { limits: { callsPerSecond: never } });
    const members = [await world.person(tenant), await world.person(tenant)];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => ask(members[i % 2] ?? world.anonymous, dialect, 'candidates.list', {})),
    );
    expect(answers.filter(({ status }) => status === 200).length).toBe(10);
  });

  it('who may not call at all takes nobody’s turn', async () => {
    const tenant = await world.tenant('limits', { limits: { callsPerSecond: never } });
    const [ana, auditor] = [await world.person(tenant), await world.person(tenant, ['auditor'])];
    const profile = { fullName: 'Bia Exemplo' };
    for (let i = 0; i < 12; i++)
      expect((await ask(auditor, dialect, 'candidates.upsert', { profile })).status).toBe(403);
    expect((await ask(ana, dialect, 'candidates.list', {})).status).toBe(200);
  });
});

describe('a limit', () => {
  // A Redis outlives the run.
  const run = randomUUID();
  const turn = (
    endpoint: AnyEndpoint | undefined,
    name: string,
    limits?: object,
    callsPerSecond: number | null = null,
  ) =>
    takeTurn(
      endpoint as AnyEndpoint,
      { tenant: TenantId.parse(`${name}-${run}`), apiKey: { keyId: 'k1', callsPerSecond } },
      { limits },
    );
  const policy = async (...call: Parameters<typeof turn>) => (await turn(...call)).headers['RateLimit-Policy'];

  it('is 30 hybrid searches and 50 calls of all kinds a second unless the tenant has its own', async () => {
    expect(await policy(searching, 'lim-default')).toBe('30;w=1');
    expect(await policy(listing, 'lim-default')).toBe('50;w=1');
    expect(await policy(searching, 'lim-own', { endpoints: { 'search.hybrid': 7 } })).toBe('14;w=2');
    expect(await policy(searching, 'lim-own', { callsPerSecond: 20 })).toBe('20;w=1');
  });

  it('of an API key holds for that key beside the others', async () => {
    for (let i = 0; i < 10; i++) await turn(listing, 'lim-key', undefined, never);
    const refused = await turn(listing, 'lim-key', undefined, never).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Problem);
    expect((refused as Problem).details?.[0]?.path).toBe('key');
    expect(await policy(listing, 'lim-key')).toBe('50;w=1');
  });

  it.each([
    ['negative', { callsPerSecond: -1, endpoints: { 'candidates.list': -1 } }, '50;w=1'],
    ['zero', { callsPerSecond: 0 }, '50;w=1'],
    ['no number', { callsPerSecond: 'lots', endpoints: { 'candidates.list': null } }, '50;w=1'],
    ['no record', { endpoints: ['candidates.list'] }, '50;w=1'],
    ['no document', 'none', '50;w=1'],
    ['beyond measure', { callsPerSecond: 1e308, endpoints: { 'candidates.list': 1e308 } }, '10000;w=1'],
    ['next to nothing', { callsPerSecond: 1e-308 }, '10;w=1000'],
  ])('that is %s neither shuts the tenant out nor lets it do what it likes', async (_, limits, expected) => {
    const tenant = await world.tenant('limits');
    await (await openFirestore()).doc(`tenants/${tenant}`).update({ limits });
    const ana = await world.person(tenant);
    const answer = await ask(ana, 'rest', 'candidates.list', {});
    expect([answer.status, told(answer, 'ratelimit-policy')]).toEqual([200, expected]);
  });
});

it('readiness says whether instances count together', async () => {
  const { url } = world.host.functions.find(({ name }) => name === 'candidates-list') ?? { url: '' };
  const limits = async () => ((await (await fetch(`${url}/ready`)).json()) as Json).needs.limits;
  expect(await limits()).toBe('ready');
});
