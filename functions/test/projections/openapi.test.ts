import path from 'node:path';
import { namedSchemas } from '../../../scripts/lib/named-schemas.ts';
import { delegableScopes } from '../../src/contract/scopes.ts';
import { get } from '../../src/endpoints/candidates/get.ts';
import { upload } from '../../src/endpoints/candidates/upload.ts';
import { publicRegistry, registry } from '../../src/endpoints/registry.ts';
import { type OpenAPIDocument, openapiOf } from '../../src/projections/openapi.ts';
import { endpointsOf, publicEndpointsOf, routeOf, routesOf } from '../../src/projections/routes.ts';

type Operation = Record<string, never> & { parameters?: { name: string; in: string; required?: boolean }[] };

const sources = path.resolve(__dirname, '../../src');
let document: OpenAPIDocument;
const operation = (method: string, at: string) =>
  (document.paths as Record<string, Record<string, Operation>>)[at]?.[method];

beforeAll(async () => {
  document = openapiOf(registry, {
    version: '1.2.3',
    schemas: await namedSchemas(sources),
    publicServices: publicRegistry,
  });
});

describe('OpenAPI document', () => {
  it('tells of every endpoint once, under its id, its service and its scope', () => {
    const told = Object.values(document.paths ?? {}).flatMap((item) =>
      Object.values(item as Record<string, Operation>),
    );
    const scoped = endpointsOf(registry).map(({ id, scope }) => [id, [id.split('.')[0]], scope]);
    const open = publicEndpointsOf(publicRegistry).map(({ id }) => [id, ['oauth'], undefined]);
    const expected = [...scoped, ...open];
    expect(told.map(({ operationId, tags, 'x-scope': scope }) => [operationId, tags, scope]).sort()).toEqual(
      expected.sort(),
    );
  });

  it('lets a program take part where it may have the scope, with token and key together, and nowhere else', () => {
    for (const endpoint of endpointsOf(registry)) {
      const { method, path: at } = routeOf(endpoint);
      const { scope } = endpoint;
      const program = { accessToken: [scope], apiKey: [] };
      const mayHave = (delegableScopes as readonly string[]).includes(scope);
      expect(operation(method.toLowerCase(), at)?.['security']).toEqual(
        mayHave ? [{ idToken: [] }, program] : undefined,
      );
    }
    expect(document.security).toEqual([{ idToken: [] }]);
  });

  it('tells how to get a token: as a form or JSON, with nothing proven before, and with RFC 6749’s errors', () => {
    const token = operation('post', '/oauth/token');
    expect(token).toMatchObject({
      security: [],
      requestBody: { content: { 'application/x-www-form-urlencoded': {}, 'application/json': {} } },
    });
    const errors = Object.entries((token as unknown as { responses: Record<string, object> }).responses).map(
      ([status, response]) => [Number(status), JSON.stringify(response).match(/"enum":(\[.*?\])/)?.[1]],
    );
    expect(errors).toEqual([
      [200, undefined],
      [400, '["unsupported_grant_type","invalid_scope","invalid_request"]'],
      [401, '["invalid_client"]'],
      [429, '["temporarily_unavailable"]'],
      [500, '["server_error"]'],
      [503, '["temporarily_unavailable"]'],
    ]);
  });

  it('puts the fields of a GET into path and query, and the fields of a POST into a body', () => {
    expect(
      operation('get', '/v1/candidates/{candidateId}')?.parameters?.map((p) => [p.name, p.in, p.required ?? false]),
    ).toEqual([
      ['candidateId', 'path', true],
      ['includeText', 'query', false],
    ]);
    expect(operation('post', '/v1/search/candidates')).toMatchObject({
      requestBody: {
        content: {
          'application/json': { schema: { properties: { filters: { $ref: '#/components/schemas/Filters' } } } },
        },
      },
    });
    expect(operation('post', '/v1/search/hybrid')?.parameters).toBeUndefined();
  });

  it('replies with the endpoint’s own example, stamped with requestId and, where answers are kept, cacheHit', () => {
    const reply = (o: unknown) =>
      (o as { responses: Record<string, { content: Record<string, { example: object }> }> }).responses['200'];
    const cached = reply(operation('post', '/v1/search/hybrid'))?.content['application/json']?.example;
    expect(cached).toMatchObject({ total: 1, cacheHit: false, requestId: expect.any(String) });
    const never = reply(operation('get', '/v1/candidates'))?.content['application/json']?.example;
    expect(never).not.toHaveProperty('cacheHit');
  });

  it('lets every call that writes, and no other, take an Idempotency-Key', () => {
    const taking = endpointsOf(registry)
      .filter((endpoint) => {
        const { method, path: at } = routeOf(endpoint);
        return JSON.stringify(operation(method.toLowerCase(), at)?.parameters ?? []).includes('Idempotency-Key');
      })
      .map(({ id }) => id);
    const writing = endpointsOf(registry).filter(({ effect }) => effect === 'writes');
    expect(taking).toEqual(writing.map(({ id }) => id));
    // Of a callable it is a field beside the input, so no input may have a field of that name.
    expect(writing.filter(({ input }) => 'idempotencyKey' in input.shape)).toEqual([]);
  });

  it('tells of the headers that say what is left, and when to come back', () => {
    expect(operation('post', '/v1/candidates')).toMatchObject({
      responses: {
        200: { headers: { 'RateLimit-Remaining': {}, 'Idempotent-Replayed': {} } },
        409: { headers: { 'Retry-After': { $ref: '#/components/headers/Retry-After' } } },
      },
    });
    expect(document.components?.responses?.['429']).toMatchObject({
      headers: { 'RateLimit-Policy': {}, 'Retry-After': {} },
    });
  });

  it('groups what can go wrong by status and names the codes', () => {
    expect(operation('get', '/v1/candidates/{candidateId}')).toMatchObject({
      responses: {
        401: { $ref: '#/components/responses/401' },
        404: {
          description: expect.stringContaining('`candidate.not_found`'),
          content: {
            'application/problem+json': {
              schema: { properties: { code: { enum: ['route.not_found', 'candidate.not_found'] } } },
            },
          },
        },
      },
    });
  });

  it('holds every schema it refers to', () => {
    const text = JSON.stringify(document);
    const lost = [...text.matchAll(/"#\/components\/(\w+)\/([\w.]+)"/g)].filter(([, kind = '', name = '']) => {
      const components = document.components as Record<string, Record<string, unknown>>;
      return components[kind]?.[name] === undefined;
    });
    expect(lost).toEqual([]);
  });

  it('is the same each time', async () => {
    const again = openapiOf(registry, {
      version: '1.2.3',
      schemas: await namedSchemas(sources),
      publicServices: publicRegistry,
    });
    expect(JSON.stringify(again)).toBe(JSON.stringify(document));
  });

  it('refuses a registry that files an endpoint under another name, or in which two share a route', () => {
    expect(() => endpointsOf({ candidates: { fetch: get } })).toThrow('candidates.get is filed as candidates.fetch');
    const twin = { ...upload, id: 'candidates.get' as const, route: 'GET /v1/candidates/{id}' as const };
    expect(() => routesOf({ candidates: { get: twin }, other: { get: { ...get, id: 'other.get' } } })).toThrow(
      'share the route',
    );
  });
});
