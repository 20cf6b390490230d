import { z } from 'zod';
import { ClientId } from '../../contract/credential.ts';
import { OAuthClientView } from '../../contract/credential-view.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { exampleClient } from './credential-examples.ts';

export const revokeOAuthClient = endpoint({
  id: 'admin.revoke-oauth-client',
  summary: 'Refuse an OAuth client and its tokens from now on, for good: everywhere within ten seconds.',
  route: 'DELETE /v1/admin/oauth-clients/{clientId}',
  scope: 'credentials:write',
  needs: ['oauthClients'],
  input: z.strictObject({ clientId: ClientId }),
  output: z.strictObject({ client: OAuthClientView }),
  errors: ['credential.not_found'],
  cache: 'never',
  emits: [],
  effect: 'writes',
  limits: { timeoutSeconds: 10, callsPerSecond: 10 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 500 },
  example: {
    input: { clientId: exampleClient.clientId },
    output: {
      client: {
        ...exampleClient,
        status: 'revoked',
        secrets: exampleClient.secrets.map((secret) => ({ ...secret, acceptedUntil: '2026-06-01T12:00:00.000Z' })),
      },
    },
  },
  handler: async ({ ctx, input: { clientId } }) => ({ client: await ctx.oauthClients.revoke(clientId, ctx.now) }),
});
