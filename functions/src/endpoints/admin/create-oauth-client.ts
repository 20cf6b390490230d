import { z } from 'zod';
import { OAuthClientSettings } from '../../contract/credential-settings.ts';
import { OAuthClientView, ShownOnce } from '../../contract/credential-view.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { createOAuthClient as create } from '../../domain/admin/create-oauth-client.ts';
import { exampleClient } from './credential-examples.ts';

export const createOAuthClient = endpoint({
  id: 'admin.create-oauth-client',
  summary: 'A new OAuth client for your tenant; its secret is shown in this answer only.',
  route: 'POST /v1/admin/oauth-clients',
  scope: 'credentials:write',
  needs: ['oauthClients'],
  input: OAuthClientSettings,
  output: z.strictObject({ clientSecret: ShownOnce, client: OAuthClientView }),
  errors: ['credential.limit'],
  cache: 'never',
  emits: [],
  effect: 'writes',
  limits: { timeoutSeconds: 10, callsPerSecond: 10 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 500 },
  example: {
    input: { name: exampleClient.name, scopes: exampleClient.scopes },
    output: { clientSecret: 'hhs_Vb81...', client: exampleClient },
  },
  handler: ({ ctx, input }) => create(ctx, input),
});
