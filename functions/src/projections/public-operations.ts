import { z } from 'zod';
import type { ZodOpenApiOperationObject, ZodOpenApiResponsesObject } from 'zod-openapi';
import { OAuthError, type OAuthErrorCode, oauthErrors } from '../contract/oauth.ts';
import { type AnyPublicEndpoint, publicErrors } from '../contract/public-endpoint.ts';
import { publicEndpointsOf, type Services } from './routes.ts';

/** The operations of public endpoints by path and method; of several routes of one endpoint the first. */
export function publicPathsOf(services: Services): Record<string, Record<string, ZodOpenApiOperationObject>> {
  const operations = publicEndpointsOf(services).map((endpoint) => {
    const [method = '', path = ''] = endpoint.routes[0].split(' ');
    return [path, { [method.toLowerCase()]: operationOf(endpoint) }] as const;
  });
  return Object.fromEntries(operations);
}

function operationOf(endpoint: AnyPublicEndpoint): ZodOpenApiOperationObject {
  const { id, input, needs, output, summary, example, routes } = endpoint;
  const elsewhere = routes.slice(1).map((route) => `\`${route}\``);
  const body = input !== 'nothing' && { schema: input, example: example.input };
  return {
    operationId: id,
    tags: [id.split('.')[0] ?? ''],
    summary,
    description: `Anybody may ask.${elsewhere.length > 0 ? ` Also answered at ${elsewhere.join(' and ')}.` : ''}`,
    security: [],
    ...(body && {
      requestBody: {
        required: true,
        content: { 'application/x-www-form-urlencoded': body, 'application/json': body },
      },
    }),
    responses: {
      200: { description: 'The answer.', content: { 'application/json': { schema: output, example: example.output } } },
      ...failuresOf([...endpoint.errors, ...publicErrors]),
      // Who proves to be a client may fail so often and no more.
      ...(needs.includes('clients') && { 429: responseOf(['temporarily_unavailable']) }),
    },
  };
}

function failuresOf(codes: readonly OAuthErrorCode[]): ZodOpenApiResponsesObject {
  const byStatus = Object.groupBy(codes, (code) => oauthErrors[code]);
  return Object.fromEntries(Object.entries(byStatus).map(([status, of = []]) => [status, responseOf(of)]));
}

const responseOf = (codes: readonly OAuthErrorCode[]) => ({
  description: codes.map((code) => `\`${code}\``).join(', '),
  content: {
    'application/json': { schema: z.strictObject({ ...OAuthError.shape, error: z.enum(codes as [OAuthErrorCode]) }) },
  },
});
