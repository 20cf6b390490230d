import path from 'node:path';
import { onRequest } from 'firebase-functions/https';
import { hostFunctions } from '../../../scripts/lib/functions-host.ts';
import { defaultPlace, probe } from '../../../scripts/lib/gateway-place.ts';
import { findFunctions } from '../../../scripts/lib/hosted-functions.ts';
import { localAddress } from '../../../scripts/lib/local-gateway/local-address.ts';
import { openRoutes } from '../../../scripts/lib/open-routes.ts';
import { probeBackends } from '../../../scripts/lib/probe-backends.ts';
import { projectId } from '../../../scripts/lib/project.ts';
import { region } from '../../src/config.ts';
import { get } from '../../src/endpoints/candidates/get.ts';
import { registry } from '../../src/endpoints/registry.ts';
import * as functions from '../../src/index.ts';
import { type GatewayOperation, gatewayOf } from '../../src/projections/gateway.ts';
import { routesOf } from '../../src/projections/routes.ts';

const place = { project: 'acme-prod', issuer: 'https://api.example.com', audience: 'headhunter' };
const document = gatewayOf(registry, { version: '1.2.3', place, open: openRoutes, probe });
const { backends, quota, metrics } = document['x-google-api-management'];
const operations = Object.entries(document.paths).flatMap(([template, item]) =>
  Object.entries(item).map(([method, operation]) => ({ method: method.toUpperCase(), template, operation })),
);
const ofApi = operations.filter(({ template }) => template.startsWith('/v1/'));
const routes = routesOf(registry);
const routeTo = (operation: GatewayOperation) => routes.find(({ name }) => name === operation['x-google-backend']);

describe('gateway document', () => {
  it('holds every route of the registry exactly once, before the function of that endpoint', () => {
    const told = ofApi.map(({ method, template, operation }) => [method, template, operation['x-google-backend']]);
    expect(told.sort()).toEqual(routes.map(({ method, path, name }) => [method, path, name]).sort());
  });

  it('names every operation once, in letters, digits and underscores', () => {
    const names = operations.map(({ operation }) => operation.operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[A-Za-z]\w*$/.test(name))).toEqual([]);
  });

  it('asks for token and key together on every operation under /v1, and for neither elsewhere', () => {
    expect(document.security).toEqual([{ accessToken: [], apiKey: [] }]);
    expect(ofApi.filter(({ operation }) => 'security' in operation)).toEqual([]);
    const open = operations.filter(({ operation }) => operation.security?.length === 0);
    expect(open.map(({ template }) => template).sort()).toEqual([
      '/.well-known/jwks.json',
      '/.well-known/oauth-authorization-server',
      '/.well-known/openid-configuration',
      '/health',
      '/oauth/token',
      '/ready',
    ]);
    expect(open.length + ofApi.length).toBe(operations.length);
  });

  it('reaches every function at the address Google gives it, and only functions that are deployed', () => {
    const deployed = new Set(findFunctions(functions).map(({ name }) => name));
    for (const [name, { address }] of Object.entries(backends)) {
      expect(deployed).toContain(name);
      expect(address).toBe(`https://${region}-acme-prod.cloudfunctions.net/${name}`);
    }
    const used = new Set(operations.map(({ operation }) => operation['x-google-backend']));
    expect([...used].sort()).toEqual(Object.keys(backends).sort());
  });

  it('waits longer than the function may take, so that the function’s own refusal arrives', () => {
    const deployed = findFunctions(functions);
    for (const { name, timeoutSeconds } of routes) {
      const cutOff = timeoutSeconds + 5;
      expect(deployed.some((one) => one.name === name)).toBe(true);
      expect(backends[name]?.deadline).toBeGreaterThan(cutOff);
    }
  });

  it('has the caller’s token replaced before the API, and left alone before the issuer', () => {
    for (const { operation } of ofApi) {
      const backend = backends[operation['x-google-backend']];
      expect([backend?.jwtAudience, backend?.disableAuth]).toEqual([backend?.address, undefined]);
    }
    expect(backends['oauth-token']).toMatchObject({ disableAuth: true });
  });

  it('counts by the minute what endpoints allow by the second, and each call for its tenant', () => {
    const limits = Object.fromEntries(Object.values(quota.limits).map(({ metric, values }) => [metric, values]));
    expect(limits).toMatchObject({ 'tenant-calls': 3_000, 'search-hybrid-calls': 1_800 });
    expect(Object.keys(limits).sort()).toEqual(Object.keys(metrics).sort());
    for (const { operation } of ofApi) {
      const costs = Object.keys(operation['x-google-quota'] ?? {});
      const own = costs.filter((metric) => metric !== 'tenant-calls');
      expect(costs).toContain('tenant-calls');
      expect(own).toEqual(own.map(() => `${routeTo(operation)?.name}-calls`));
      expect(costs.filter((metric) => !(metric in metrics))).toEqual([]);
    }
    expect(document.paths['/v1/search/hybrid']?.['post']?.['x-google-quota']).toEqual({
      'tenant-calls': 1,
      'search-hybrid-calls': 1,
    });
  });

  it('has parameters as whole segments only, each declared', () => {
    for (const { template, operation } of operations) {
      const segments = template.split('/').filter((part) => part.includes('{') || part.includes('}'));
      expect(segments.filter((part) => !/^\{\w+\}$/.test(part))).toEqual([]);
      const names = (operation.parameters ?? []).map((one) => `{${(one as { name: string }).name}}`);
      expect(names).toEqual(segments);
    }
  });

  it('takes tokens of its issuer for its audience, from the header alone, by the keys of a function it knows', () => {
    expect(openRoutes).toContainEqual(expect.objectContaining({ name: 'oauth-jwks', path: '/.well-known/jwks.json' }));
    expect(document.components.securitySchemes.accessToken['x-google-auth']).toEqual({
      issuer: 'https://api.example.com',
      jwksUri: `https://${region}-acme-prod.cloudfunctions.net/oauth-jwks/.well-known/jwks.json`,
      audiences: ['headhunter'],
      jwtLocations: [{ header: 'Authorization', valuePrefix: 'Bearer ' }],
    });
    expect(document.components.securitySchemes.apiKey).toMatchObject({ in: 'header', name: 'X-API-Key' });
  });

  it('is committed for the default project, as the local gateway serves it', () => {
    const root = path.resolve(__dirname, '../../..');
    expect(defaultPlace(root)).toEqual({
      project: projectId,
      issuer: 'http://127.0.0.1:8788',
      audience: 'http://127.0.0.1:8788',
    });
  });

  it('refuses to be made without the function that answers /health', () => {
    const of = { candidates: { get } };
    expect(() => gatewayOf(of, { version: '1', place, open: [], probe })).toThrow('there is no endpoint search.hybrid');
  });
});

describe('probe of the backends', () => {
  const two = gatewayOf(
    { candidates: { get } },
    { version: '1', place, open: openRoutes.slice(0, 1), probe: 'candidates.get' },
  );

  it('is silent when a function answers at every address, and names each address where none does', async () => {
    const other = onRequest({ region }, (_req, res) => void res.json({ hello: 'world' }));
    const host = await hostFunctions({ candidates: functions.candidates, oauth: { token: other } });
    const locate = (address: string) => localAddress(host.url, address);
    const wrong = await probeBackends(two, locate);
    expect(wrong).toEqual([
      `oauth-token at https://${region}-acme-prod.cloudfunctions.net/oauth-token: is something else than one of our functions`,
    ]);
    await host.stop();
    const silent = await probeBackends(two, locate);
    expect(silent).toHaveLength(2);
    expect(silent[0]).toContain('does not answer');
  });
});
