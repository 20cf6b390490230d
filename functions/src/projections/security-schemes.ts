import { delegableScopes } from '../contract/scopes.ts';

/** What a call can prove who asks with: a person's token, or a program's token and beside it the key of its tenant. */
export const securitySchemes = {
  idToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'A Firebase ID token whose claims `tenantId` and `roles` were set by the server.',
  },
  accessToken: {
    type: 'oauth2',
    description: 'An access token of an OAuth client. It counts beside an API key of the same tenant only.',
    flows: {
      clientCredentials: {
        tokenUrl: '/oauth/token',
        scopes: Object.fromEntries(delegableScopes.map((scope) => [scope, described(scope)])),
      },
    },
  },
  apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'An API key of the tenant.' },
} as const;

function described(scope: string): string {
  const [noun, verb] = scope.split(':');
  return `May ${verb} ${noun}.`;
}
