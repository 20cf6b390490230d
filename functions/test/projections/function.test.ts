import createTestEnvironment from 'firebase-functions-test';
import { hostFunctions } from '../../../scripts/lib/functions-host.ts';
import { projectId, region } from '../../../scripts/lib/project.ts';
import { registry } from '../../src/endpoints/registry.ts';
import * as functions from '../../src/index.ts';
import { routesOf } from '../../src/projections/routes.ts';

const environment = createTestEnvironment({ projectId });
afterAll(() => environment.cleanup());

describe('a deployed function', () => {
  it('is discovered as a callable of its region, with the secrets its tools need', () => {
    const { __endpoint: hybrid } = functions.search['hybrid'] as unknown as { __endpoint: Record<string, unknown> };
    expect(hybrid).toMatchObject({ platform: 'gcfv2', region: [region], callableTrigger: {}, minInstances: 1 });
    expect(hybrid['secretEnvironmentVariables']).toEqual([{ key: 'DATABASE_URL' }, { key: 'REDIS_URL' }]);
  });

  it.each([
    ['eco.search', functions.eco['search']],
    ['msgs.expand', functions.msgs['expand']],
    ['admin.list-title-proposals', functions.admin['list-title-proposals']],
  ])('is given the database to read a tenant’s rows: %s', (_, deployed) => {
    const { __endpoint: reading } = deployed as unknown as { __endpoint: Record<string, unknown> };
    expect(reading['secretEnvironmentVariables']).toContainEqual({ key: 'DATABASE_URL' });
  });

  it('is given no database where it needs none', () => {
    const { __endpoint: generate } = functions.embed['generate'] as unknown as { __endpoint: Record<string, unknown> };
    expect(generate['secretEnvironmentVariables']).toEqual([{ key: 'REDIS_URL' }]);
  });

  it('refuses a call without a verified caller, told as the callable protocol tells it', async () => {
    const call = environment.wrap(functions.search['hybrid'] as never) as unknown as (
      request: object,
    ) => Promise<unknown>;
    const rawRequest = { header: () => undefined };
    await expect(call({ data: { query: 'java' }, rawRequest })).rejects.toMatchObject({
      code: 'unauthenticated',
      details: { code: 'auth.required' },
    });
  });

  it('lets the page of a web app call it and read what its headers say', async () => {
    const host = await hostFunctions(functions, { routes: routesOf(registry) });
    const { status, headers } = await fetch(`${host.url}/${projectId}/${region}/search-hybrid`, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example.com', 'access-control-request-method': 'POST' },
    });
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, 'https://app.example.com']);
    const told = await fetch(`${host.url}/v1/candidates`, { headers: { origin: 'https://app.example.com' } });
    const exposed = told.headers.get('access-control-expose-headers')?.split(', ');
    expect(exposed).toEqual(expect.arrayContaining(['X-Request-ID', 'Retry-After', 'RateLimit-Remaining']));
    await host.stop();
  });

  it('that wakes unasked is discovered as a schedule', () => {
    const { __endpoint: maintenance } = functions.indexMaintenance as unknown as {
      __endpoint: Record<string, unknown>;
    };
    expect(maintenance).toMatchObject({ scheduleTrigger: { timeZone: 'America/Sao_Paulo' }, region: [region] });
  });
});
