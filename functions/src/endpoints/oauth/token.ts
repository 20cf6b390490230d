import { z } from 'zod';
import { publicEndpoint } from '../../contract/public-endpoint.ts';
import { delegableScopes } from '../../contract/scopes.ts';
import { longestTokenSeconds } from '../../contract/signing-key.ts';
import { issueToken } from '../../domain/oauth/issue-token.ts';

export const token = publicEndpoint({
  id: 'oauth.token',
  summary: 'An access token for an OAuth client, by its secret (client credentials).',
  routes: ['POST /oauth/token'],
  needs: ['clients', 'tokens'],
  input: z.object({
    grant_type: z.literal('client_credentials'),
    client_id: z.string().optional().meta({ description: 'Unless the client comes in a Basic header.' }),
    client_secret: z.string().optional().meta({ description: 'Unless the client comes in a Basic header.' }),
    scope: z
      .string()
      .optional()
      .meta({ description: `Parted by spaces: ${delegableScopes.join(', ')}. All that the client has when left out.` }),
  }),
  output: z.strictObject({
    access_token: z.string().meta({ description: 'A JWT, ES256; sent as `Authorization: Bearer`.' }),
    token_type: z.literal('Bearer'),
    expires_in: z.int().min(60).max(longestTokenSeconds).meta({ description: 'Seconds.' }),
    scope: z.string(),
  }),
  errors: ['invalid_client', 'unsupported_grant_type', 'invalid_scope'],
  cache: 'never',
  limits: { timeoutSeconds: 10, bodyBytes: 8_192 },
  run: { memory: '256MiB', minInstances: 1, concurrency: 80 },
  slo: { p95Ms: 300 },
  example: {
    input: { grant_type: 'client_credentials', scope: 'candidates:read' },
    output: {
      access_token: 'header.claims.signature',
      token_type: 'Bearer',
      expires_in: 3_600,
      scope: 'candidates:read',
    },
  },
  handler: ({ ctx, request }) => issueToken(ctx, request),
});
