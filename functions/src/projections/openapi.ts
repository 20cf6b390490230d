import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject } from 'zod-openapi';
import { type AnyEndpoint, replySchema } from '../contract/endpoint.ts';
import { delegableScopes, type Scope } from '../contract/scopes.ts';
import {
  commonResponses,
  ErrorBodySchema,
  errorExamples,
  errorResponses,
  exampleRequestId,
} from './error-responses.ts';
import {
  headerComponents,
  idempotencyKeyParameter,
  limitHeaders,
  parameterComponents,
  replayedHeaders,
} from './header-docs.ts';
import { publicPathsOf } from './public-operations.ts';
import { endpointsOf, routeOf, routesOf, type Services } from './routes.ts';
import { securitySchemes } from './security-schemes.ts';

export type OpenAPIDocument = ReturnType<typeof createDocument>;

type Paths = Record<string, Record<string, ZodOpenApiOperationObject>>;

/** A schema as a component of the document, under the name it is exported by. */
export type NamedSchemas = Readonly<Record<string, z.ZodType>>;

/**
 * The registry as an OpenAPI 3.1 document: the same for the same declarations, byte by byte once printed. Of `schemas`,
 * those that a declaration uses become components. What anybody may ask comes last. @throws Error when two endpoints share a route
 */
export function openapiOf(
  services: Services,
  { version, schemas, publicServices }: { version: string; schemas: NamedSchemas; publicServices: Services },
): OpenAPIDocument {
  const endpoints = endpointsOf(services);
  const paths: Paths = {};
  for (const [i, { method, path }] of routesOf(services).entries()) {
    const endpoint = endpoints[i];
    if (endpoint) (paths[path] ??= {})[method.toLowerCase()] = operationOf(endpoint);
  }
  return createDocument({
    openapi: '3.1.1',
    info: {
      title: 'Headhunter',
      version,
      summary: 'Who among your candidates fits, and why.',
      description:
        'Every operation under `/v1` is also an HTTPS callable of the same name and meaning. Generated from the endpoints’ own declarations.',
      license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    },
    servers: [{ url: '/', description: 'The gateway that serves this document.' }],
    security: [{ idToken: [] }],
    tags: Object.keys({ ...services, ...publicServices }).map((name) => ({
      name,
      description: `Functions \`${name}-*\`.`,
    })),
    paths: { ...paths, ...publicPathsOf(publicServices) },
    components: {
      schemas: { ...usedBy(endpoints, schemas), ErrorBody: ErrorBodySchema },
      responses: commonResponses(),
      headers: headerComponents,
      parameters: parameterComponents,
      examples: errorExamples(endpoints),
      securitySchemes,
    },
  });
}

function operationOf(endpoint: AnyEndpoint): ZodOpenApiOperationObject {
  const { id, input, scope, summary } = endpoint;
  const { method, name, params } = routeOf(endpoint);
  const given = endpoint.example.input as Record<string, unknown>;
  const fields = Object.entries(input.shape) as (readonly [string, z.ZodType])[];
  const inPath = fields.filter(([field]) => params.includes(field));
  const elsewhere = fields.filter(([field]) => !params.includes(field));
  const body = params.length === 0 ? input : z.strictObject(Object.fromEntries(elsewhere));
  const isPost = method === 'POST';
  const inQuery = isPost ? [] : elsewhere;
  return {
    operationId: id,
    tags: [id.split('.')[0] ?? ''],
    summary,
    description: `Needs the scope \`${scope}\`. Callable: \`${name}\`.`,
    'x-scope': scope,
    ...securityOf(scope),
    ...(inPath.length + inQuery.length > 0 && {
      requestParams: { path: parametersOf(inPath, given), query: parametersOf(inQuery, given) },
    }),
    ...(endpoint.effect === 'writes' && { parameters: [idempotencyKeyParameter] }),
    ...(isPost && {
      requestBody: {
        required: !body.safeParse({}).success,
        content: {
          'application/json': {
            schema: body,
            example: Object.fromEntries(Object.entries(given).filter(([field]) => !params.includes(field))),
          },
        },
      },
    }),
    responses: { 200: replyOf(endpoint), ...errorResponses(endpoint) },
  };
}

// The document's own `security` is a person's; what a program may be given too, it may come with instead.
const securityOf = (scope: Scope) =>
  (delegableScopes as readonly Scope[]).includes(scope) && {
    security: [{ idToken: [] }, { accessToken: [scope], apiKey: [] }],
  };

function replyOf(endpoint: AnyEndpoint) {
  const stamped =
    endpoint.cache === 'never' ? { requestId: exampleRequestId } : { requestId: exampleRequestId, cacheHit: false };
  const schema = replySchema(endpoint);
  const example = schema.parse({ ...endpoint.example.output, ...stamped });
  const headers = { ...limitHeaders, ...(endpoint.effect === 'writes' && replayedHeaders) };
  return { description: 'The answer.', headers, content: { 'application/json': { schema, example } } };
}

// A list in a query is one parameter, its items parted by commas: `?sections=skills,experience`.
function parametersOf(fields: readonly (readonly [string, z.ZodType])[], given: Record<string, unknown>): z.ZodObject {
  const parameters = fields.map(([name, schema]) => {
    const list = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).type === 'array';
    const param = {
      ...(given[name] !== undefined && { example: given[name] }),
      ...(list && { style: 'form' as const, explode: false }),
    };
    return [name, schema.meta({ ...schema.meta(), param })];
  });
  return z.strictObject(Object.fromEntries(parameters));
}

/** Those of the named schemas that a declaration is made of; the same schema means the same object. */
function usedBy(endpoints: readonly AnyEndpoint[], schemas: NamedSchemas): NamedSchemas {
  const parts = new Set<unknown>();
  const visit = (part: unknown): void => {
    if (typeof part !== 'object' || part === null || parts.has(part)) return;
    parts.add(part);
    if (part instanceof z.ZodType) visit([part._zod.def, part._zod.parent]);
    else for (const inner of Object.values(part)) visit(inner);
  };
  for (const { input, output } of endpoints) visit([input, output]);
  const used = Object.entries(schemas).filter(([, schema]) => parts.has(schema));
  return Object.fromEntries(used.sort(([a], [b]) => (a < b ? -1 : 1)));
}
