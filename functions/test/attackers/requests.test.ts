import { request } from 'node:http';
import { sealCredential } from '../../src/contract/credential.ts';
import type { AnyEndpoint } from '../../src/contract/endpoint.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import { registry } from '../../src/endpoints/registry.ts';
import { endpointsOf } from '../../src/projections/routes.ts';
import { ask, dialects, type Json, openWorld, type Person, uidOf, type World } from '../harness.ts';
import { keepExampleProposal } from '../title-proposal.ts';

const endpoints = endpointsOf(registry);
const idFields = ['candidateId', 'decisionId', 'jobId', 'proposalId', 'uid', 'keyId', 'clientId', 'tenantId'] as const;
const withIds = endpoints.flatMap((one) =>
  idFields.filter((field) => field in one.input.shape).map((field) => [one.id, field, one] as const),
);
const exampleOf = (one: AnyEndpoint) => one.example.input as Record<string, unknown>;

let world: World;
let tenant: TenantId;
let who: (endpoint: AnyEndpoint) => Person;

beforeAll(async () => {
  world = await openWorld();
  tenant = await world.tenant('requests');
  who = await world.holders(tenant);
});
afterAll(() => world.close());

describe('an id that is none', () => {
  const climbing = [
    '..',
    '../x',
    '..%2f..%2fx',
    '%2e%2e%2fx',
    'a/b',
    'a\\b',
    'a\0b',
    'a\nb',
    '....//x',
    'a b',
    "a'b",
    'a;--',
    'é',
    '*',
    '__x__/y',
  ];

  it.each(withIds)('is refused by %s in %s, by either dialect and whatever it holds', async (id, field, one) => {
    for (const dialect of dialects) {
      for (const bad of climbing) {
        const { status, error } = await ask(who(one), dialect, id, { ...exampleOf(one), [field]: bad });
        expect([dialect, bad, status, error?.code]).toEqual([
          dialect,
          bad,
          expect.any(Number),
          expect.stringMatching(/^(input\.invalid|route\.not_found)$/),
        ]);
        expect(JSON.stringify(error)).not.toContain('x__');
      }
    }
  });
});

/** One request as bytes say it: no client library to tidy its path or drop its headers. */
function raw(path: string, headers: Record<string, string>, method = 'GET'): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const asked = request(world.host.url, { path, method, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('a path that climbs', () => {
  it.each([
    '/v1/candidates/../admin/members',
    '/v1/candidates/..%2fadmin%2fmembers',
    '/v1/candidates/%2e%2e/%2e%2e/etc/passwd',
    '/v1//candidates',
    '/v1/candidates/a%00b',
    '/v1/candidates/%E0%A4%A',
    '/V1/CANDIDATES/../../health',
  ])('%s reaches nothing', async (path) => {
    const { token = '' } = await world.person(tenant);
    const { status, text } = await raw(path, { authorization: `Bearer ${token}` });
    expect([status, JSON.parse(text).code]).toEqual([
      expect.any(Number),
      expect.stringMatching(/^(route\.not_found|input\.invalid|auth\.scope_missing|candidate\.not_found)$/),
    ]);
    expect(status).toBeGreaterThanOrEqual(400);
  });
});

describe('a header', () => {
  const huge = 'x'.repeat(60_000);
  it.each([
    'authorization',
    'x-api-key',
    'x-tenant-id',
    'idempotency-key',
    'x-request-id',
    'x-cloud-trace-context',
    'cookie',
  ])('%s of 60 KB is refused before any function sees it', async (name) => {
    expect((await raw('/v1/candidates', { [name]: huge })).status).toBe(431);
  });

  const long = 'x'.repeat(2_000);
  it.each(endpoints.map((one) => [one.id, one] as const))(
    'of 2 KB is refused by %s or not taken over, and never sent back',
    async (id, one) => {
      const headers = { 'x-request-id': long, 'x-cloud-trace-context': long, traceparent: long };
      const told = await ask(who(one), 'rest', id, { surplus: 1 }, headers);
      expect(told.error.code).toBe('input.invalid');
      expect(told.error.requestId).toMatch(/^[\w-]{8,64}$/);
      const mismatch = await ask(who(one), 'rest', id, { surplus: 1 }, { 'x-tenant-id': long });
      expect(mismatch.error.code).toBe('tenant.mismatch');
      const key = await ask(world.withToken(who(one).token, { 'x-api-key': long }), 'rest', id, { surplus: 1 });
      expect(key.error.code).toBe('auth.key_invalid');
      for (const { error, headers: sent } of [told, mismatch, key])
        expect(JSON.stringify([error, ...sent])).not.toContain('xxxxxxxx');
    },
  );

  it('that breaks a line never reaches the answer', async () => {
    const { headers } = await ask(world.anonymous, 'rest', 'candidates.list', {}, { 'x-request-id': 'a-b-c-d-e;x=y' });
    expect(headers.get('x-request-id')).not.toContain('x=y');
  });
});

describe('an id of another tenant', () => {
  const lines = () => (globalThis as { logLines?: string[] }).logLines ?? [];
  const perCall = new Set(['requestId']);
  const told = (error: Json) => JSON.stringify(error, (key, value) => (perCall.has(key) ? undefined : value));

  /** What was answered, and what was done to find it: statements at the database, steps of the walk. */
  async function workOf(person: Person, id: string, input: Record<string, unknown>) {
    const before = lines().length;
    const { status, error } = await ask(person, 'rest', id, input);
    const line = lines()
      .slice(before)
      .map((one) => JSON.parse(one))
      .find(({ message }) => message === 'call');
    return { status, error: told(error), statements: line.database.statements, steps: Object.keys(line.steps) };
  }

  it.each(withIds.filter(([, field]) => field !== 'tenantId'))(
    'costs %s the same work and gets the same words as an id of nobody, in %s',
    async (id, field, one) => {
      const theirs = await idOfAnother(field);
      const nobodies: Readonly<Record<string, string>> = {
        clientId: `${tenant}.${'0'.repeat(16)}`,
        keyId: '0'.repeat(24),
        jobId: `enr_${'0'.repeat(24)}`,
      };
      const nobody = nobodies[field] ?? 'nobody-at-all';
      const input = { ...exampleOf(one) };
      const [of, none] = [
        await workOf(who(one), id, { ...input, [field]: theirs }),
        await workOf(who(one), id, { ...input, [field]: nobody }),
      ];
      expect(of).toEqual(none);
    },
  );

  let others: Promise<Record<string, string>> | undefined;
  async function idOfAnother(field: string): Promise<string> {
    others ??= (async () => {
      const other = await world.tenant('theirs');
      const admin = await world.person(other, ['admin']);
      await ask(admin, 'rest', 'candidates.upsert', { candidateId: 'theirs-1', profile: { fullName: 'Outra Pessoa' } });
      const { apiKey, clientId } = await world.integrator(other);
      const proposalId = await keepExampleProposal(other);
      const { decisionId } = (await ask(admin, 'rest', 'search.hybrid', { query: 'Java' })).reply;
      const recruiter = await world.person(other);
      const { job } = (await ask(recruiter, 'rest', 'enrich.profile', { candidateId: 'theirs-1' })).reply;
      return {
        candidateId: 'theirs-1',
        jobId: job.jobId,
        decisionId,
        proposalId,
        clientId,
        keyId: sealCredential(apiKey).id,
        uid: uidOf(admin),
      };
    })();
    return (await others)[field] ?? '';
  }
});
