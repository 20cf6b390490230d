import { projectId, region } from '../../scripts/lib/project.ts';
import { sealCredential } from '../src/contract/credential.ts';
import { type AnyEndpoint, replySchema } from '../src/contract/endpoint.ts';
import { catalogue, type ErrorCode } from '../src/contract/errors.ts';
import type { TenantId } from '../src/contract/ids.ts';
import { rolesToScopes } from '../src/contract/scopes.ts';
import { registry } from '../src/endpoints/registry.ts';
import { openKeyValue } from '../src/platform/cache.ts';
import { endpointsOf, routesOf } from '../src/projections/routes.ts';
import { putMember } from '../src/stores/members.ts';
import { putTenant } from '../src/stores/tenants.ts';
import {
  ask,
  dialects,
  exampleWith,
  type Json,
  openWorld,
  type Person,
  type Told,
  uidOf,
  type World,
} from './harness.ts';
import { keepExampleProposal } from './title-proposal.ts';

const endpoints = endpointsOf(registry);
const named = endpoints.map((one) => [one.id, one] as const);
const both = dialects.flatMap((dialect) => endpoints.map((one) => [one.id, dialect, one] as const));
const statuses: Readonly<Record<string, number>> = {
  unauthenticated: 401,
  'permission-denied': 403,
  'invalid-argument': 400,
  'failed-precondition': 400,
  'not-found': 404,
};

let world: World;
let ana: Person;
let holderOf: Awaited<ReturnType<World['holders']>>;
let tenant: TenantId;
/** What examples change: a proposal, a colleague, an API key, an OAuth client, another tenant. */
const own: {
  proposalId?: string;
  uid?: string;
  keyId?: string;
  clientId?: string;
  tenantId?: TenantId;
  confirm?: TenantId;
} = {};
/** A ranking that was answered; an explanation's example has a question of its own. */
let decisionId: string | undefined;
/** A person who was enriched; the job of the example that asks for it is its own. */
let jobId: string | undefined;

const exampleOf = (one: AnyEndpoint) =>
  exampleWith(one, {
    ...own,
    email: `${tenant}@example.com`,
    adminEmail: `${tenant}-new@example.com`,
    ...(one.id.startsWith('decisions.') && decisionId !== undefined && { decisionId }),
    ...(one.id === 'enrich.status' && jobId !== undefined && { jobId }),
    ...(one.id === 'admin.create-tenant' && { tenantId: `${tenant}-new` }),
  });
const marina = exampleOf(registry.candidates.upsert as unknown as AnyEndpoint);

/** What the examples speak of has to be there, again when an earlier example removed it. */
async function seed({ id, input }: AnyEndpoint): Promise<void> {
  await ana.call('candidates.upsert', marina);
  await ana.call('msgs.import', registry.msgs.import.example.input);
  own.uid ??= uidOf(await world.person(tenant));
  await putMember(tenant, own.uid, { roles: ['recruiter'], status: 'active' });
  own.tenantId = own.confirm ??= await world.tenant('leaving');
  await putTenant(own.tenantId, { name: 'leaving', status: id === 'admin.resume-tenant' ? 'suspended' : 'active' });
  if (id.startsWith('decisions.'))
    decisionId = (await ana.call('search.hybrid', { query: 'Java' })).body.result.decisionId;
  if (id === 'enrich.status') {
    const { candidateId } = marina as { candidateId: string };
    jobId = (await ana.call('enrich.profile', { candidateId })).body.result.job.jobId;
  }
  if ('proposalId' in input.shape) own.proposalId = await keepExampleProposal(tenant);
  if (id === 'admin.review-titles') await ana.call('eco.override', { ecoId: 'own:backend-engineer' });
  if ('keyId' in input.shape || 'clientId' in input.shape) {
    const { apiKey, clientId } = await world.integrator(tenant);
    Object.assign(own, { keyId: sealCredential(apiKey).id, clientId });
  }
}

function expectRefusal({ status, error, reply }: Told, code: ErrorCode, details?: unknown): void {
  expect(reply).toBeUndefined();
  expect(error).toEqual({
    code,
    message: catalogue[code].message,
    requestId: expect.stringMatching(/^[\w-]{8,64}$/) as string,
    ...(details === undefined ? {} : { details }),
  });
  expect(status).toBe(statuses[catalogue[code].kind]);
}

/** The same token with other claims: what somebody makes who can read a token but not sign one. */
function forged(token: string, claims: Record<string, unknown>): string {
  const [head = '', body = '', signature = ''] = token.split('.');
  const before = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as object;
  return [head, Buffer.from(JSON.stringify({ ...before, ...claims })).toString('base64url'), signature].join('.');
}

beforeAll(async () => {
  world = await openWorld();
  tenant = await world.tenant('contract');
  ana = await world.person(tenant);
  holderOf = await world.holders(tenant);
});
afterAll(() => world.close());

describe('who may call', () => {
  let eve: Readonly<Record<'stranger' | 'nobody' | 'suspended' | 'operator' | 'auditor' | 'roleless', Person>>;
  beforeAll(async () => {
    const suspended = await world.tenant('suspended', { status: 'suspended' });
    eve = {
      stranger: await world.person(undefined),
      nobody: await world.person('tenant-that-is-not'),
      suspended: await world.person(suspended),
      operator: await world.person(tenant, ['operator']),
      auditor: await world.person(tenant, ['auditor']),
      roleless: await world.person(tenant, []),
    };
  });
  const bad = { 'not a field': 'x' };

  it.each(both)('%s by %s refuses the anonymous with auth.required', async (id, dialect) => {
    expectRefusal(await ask(world.anonymous, dialect, id, bad), 'auth.required');
  });

  it.each(named)(
    '%s refuses a garbage or forged token: REST with auth.required, callable with UNAUTHENTICATED',
    async (id) => {
      const token = ana.token ?? '';
      const tokens = [
        'garbage',
        'a.b.c',
        forged(token, { sub: 'nobody', user_id: 'nobody' }),
        forged(token, { aud: 'another-project' }),
        forged(token, { exp: 1_700_000_000, iat: 1_699_996_400 }),
      ];
      for (const one of tokens) {
        expectRefusal(await ask(world.withToken(one), 'rest', id, bad), 'auth.required');
        const { status, body } = await world.withToken(one).call(id, bad);
        expect([status, body.error.status]).toEqual([401, 'UNAUTHENTICATED']);
      }
    },
  );

  it.each(both)('%s by %s refuses an account without a tenant with auth.no_tenant', async (id, dialect) => {
    expectRefusal(await ask(eve.stranger, dialect, id, bad), 'auth.no_tenant');
  });

  it.each(both)('%s by %s refuses an unknown and a suspended tenant with tenant.inactive', async (id, dialect) => {
    expectRefusal(await ask(eve.nobody, dialect, id, bad), 'tenant.inactive');
    expectRefusal(await ask(eve.suspended, dialect, id, bad), 'tenant.inactive');
  });

  it.each(both)('%s by %s refuses X-Tenant-ID of another tenant with tenant.mismatch', async (id, dialect) => {
    expectRefusal(await ask(ana, dialect, id, bad, { 'x-tenant-id': 'another' }), 'tenant.mismatch');
    expectRefusal(await ask(ana, dialect, id, bad, { 'x-tenant-id': `${tenant}x` }), 'tenant.mismatch');
  });

  it.each(both)('%s by %s tells who lacks the scope nothing of the input', async (id, dialect, { scope }) => {
    const details = [{ path: 'scope', message: `needs ${scope}` }];
    expectRefusal(await ask(eve.operator, dialect, id, bad), 'auth.scope_missing', details);
    expectRefusal(await ask(eve.roleless, dialect, id, bad), 'auth.scope_missing', details);
  });

  it.each(both)('%s by %s lets an auditor read and never write', async (id, dialect, { scope }) => {
    const told = await ask(eve.auditor, dialect, id, bad);
    const reads = (rolesToScopes.auditor as readonly string[]).includes(scope);
    expect(told.error.code).toBe(reads ? 'input.invalid' : 'auth.scope_missing');
  });

  it('a role that is none, such as __proto__, makes nobody a member', async () => {
    const odd = await world.person(tenant, ['__proto__', 'constructor', 'root'] as never);
    expectRefusal(await ask(odd, 'rest', 'candidates.list', {}), 'auth.not_a_member');
  });
});

describe('what is asked', () => {
  it.each(both)('%s by %s refuses a surplus field and names it', async (id, dialect, one) => {
    const told = await ask(holderOf(one), dialect, id, { ...exampleOf(one), surplus: 'x' });
    expectRefusal(told, 'input.invalid', [{ path: 'surplus', message: 'is not a field of this contract' }]);
  });

  it.each(both)('%s by %s answers its own example as declared', async (id, dialect, one) => {
    await seed(one);
    const told = await ask(holderOf(one), dialect, id, exampleOf(one));
    expect({ status: told.status, error: told.error }).toEqual({ status: 200, error: undefined });
    expect(replySchema(one).parse(told.reply)).toEqual(told.reply);
    const extra = ['requestId', ...(one.cache === 'never' ? [] : ['cacheHit'])];
    const declared = new Set([...Object.keys(one.output.shape), ...extra]);
    expect(Object.keys(told.reply).filter((key) => !declared.has(key))).toEqual([]);
  });

  it.each(named)('%s declares an example that its own contract accepts', (_, one) => {
    expect(one.input.safeParse(one.example.input).error).toBeUndefined();
    expect(one.output.safeParse(one.example.output).error).toBeUndefined();
  });

  it.each(named)('%s takes and gives strict objects only', (_, one) => {
    expect(one.input.safeParse({ ...exampleOf(one), surplus: 1 }).success).toBe(false);
    expect(one.output.safeParse({ ...one.example.output, surplus: 1 }).success).toBe(false);
  });

  it('no two endpoints share a route or a deployed name', () => {
    const routes = routesOf(registry);
    expect(new Set(routes.map(({ method, path }) => `${method} ${path}`)).size).toBe(endpoints.length);
    expect(new Set(routes.map(({ name }) => name)).size).toBe(endpoints.length);
    const callables = world.host.functions.filter(({ kind }) => kind === 'callable');
    expect(callables.map(({ name }) => name).sort()).toEqual(routes.map(({ name }) => name).sort());
  });
});

describe('how it is answered', () => {
  it.each(both)(
    '%s by %s says the same code for the same failure and echoes the request id',
    async (id, dialect, one) => {
      const told = await ask(holderOf(one), dialect, id, { surplus: 1 }, { 'x-request-id': 'request-of-mine-1' });
      expect(told.error).toMatchObject({ code: 'input.invalid', requestId: 'request-of-mine-1' });
      if (dialect === 'rest') {
        expect(told.headers.get('x-request-id')).toBe('request-of-mine-1');
        expect(told.headers.get('content-type')).toContain('application/problem+json');
        expect(told.headers.get('cache-control')).toBe('no-store');
      }
    },
  );

  it.each(dialects)('a request id that is no id is not echoed (%s)', async (dialect) => {
    const { reply } = await ask(ana, dialect, 'candidates.list', {}, { 'x-request-id': 'a <b> c' });
    expect(reply.requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each(named)('%s answers /health, and /ready with the state of each thing it needs', async (id, one) => {
    const url = `/${projectId}/${region}/${id.replace('.', '-')}`;
    const health = await world.anonymous.rest('GET', `${url}/health`);
    expect([health.status, health.body]).toEqual([200, { status: 'alive', endpoint: id }]);
    const ready = await world.anonymous.rest('GET', `${url}/ready`);
    const needs = [...one.needs, 'tenants', 'limits', ...(one.cache === 'never' ? [] : ['cache'])];
    expect(ready.body).toEqual({
      status: 'ready',
      endpoint: id,
      needs: Object.fromEntries(needs.map((name) => [name, 'ready'])),
    });
  });

  it.each(named)('%s refuses another method, and a path beside its own, with route.not_found', async (id) => {
    const url = `/${projectId}/${region}/${id.replace('.', '-')}`;
    for (const [method, path] of [
      ['PUT', '/v1/x'],
      ['GET', '/'],
      ['POST', '/v1/'],
      ['GET', '/v1/%E0%A4%A'],
    ] as const) {
      const { status, body } = await ana.rest(method, url + path);
      expect([status, body.code]).toEqual([404, 'route.not_found']);
    }
  });
});

describe('the cache', () => {
  const cached = named.filter(([, { cache }]) => cache !== 'never');

  it.each(cached)(
    '%s keeps each tenant’s answer under a key of that tenant and hits on the second call',
    async (id, one) => {
      const store = await openKeyValue();
      if (!store) throw new Error('this run has no cache');
      const keys: string[] = [];
      const { get, set } = store;
      Object.assign(store, {
        get: (asked: string[]) => (keys.push(...asked), get(asked)),
        set: (key: string, value: string, seconds: number) => (keys.push(key), set(key, value, seconds)),
      });
      const tenants = await Promise.all([world.tenant('one'), world.tenant('two')]);
      const people = await Promise.all(tenants.map((each) => world.person(each)));
      for (const person of people) await ask(person, 'rest', 'msgs.import', registry.msgs.import.example.input);
      const hits: Json[] = [];
      for (const person of [...people, ...people])
        hits.push((await ask(person, 'rest', id, exampleOf(one))).reply.cacheHit);
      Object.assign(store, { get, set });
      expect(hits).toEqual([false, false, true, true]);
      expect(keys.length).toBeGreaterThan(0);
      expect(keys.filter((key) => !tenants.some((each) => key.startsWith(`t:${each}:`)))).toEqual([]);
      const tails = tenants.map((each) =>
        keys.filter((key) => key.startsWith(`t:${each}:`)).map((key) => key.slice(each.length + 3)),
      );
      expect(tails[0]).toEqual(tails[1]);
    },
  );
});
