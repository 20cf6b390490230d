import { z } from 'zod';
import { publicEndpoint } from '../../contract/public-endpoint.ts';
import { delegableScopes } from '../../contract/scopes.ts';

export const discovery = publicEndpoint({
  id: 'oauth.discovery',
  summary: 'Where tokens are issued and how (RFC 8414).',
  // The second is for readers that know no other; it promises no sign-in of people.
  routes: ['GET /.well-known/oauth-authorization-server', 'GET /.well-known/openid-configuration'],
  needs: ['issuer'],
  input: 'nothing',
  output: z.strictObject({
    issuer: z.url(),
    token_endpoint: z.url(),
    jwks_uri: z.url(),
    scopes_supported: z.array(z.enum(delegableScopes)),
    response_types_supported: z.array(z.string()),
    grant_types_supported: z.array(z.string()),
    token_endpoint_auth_methods_supported: z.array(z.string()),
  }),
  errors: [],
  cache: { seconds: 3_600 },
  limits: { timeoutSeconds: 10, bodyBytes: 1_024 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 200 },
  example: { input: {}, output: documentOf('https://api.example.com') },
  handler: async ({ ctx }) => documentOf(ctx.issuer.url),
});

function documentOf(issuer: string) {
  return {
    issuer,
    token_endpoint: `${issuer}/oauth/token`,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    scopes_supported: [...delegableScopes],
    // There is no authorization endpoint, but the field is required.
    response_types_supported: [],
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}
