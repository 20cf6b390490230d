import { z } from 'zod';
import { ClientId } from '../../contract/credential.ts';
import { OverlapSeconds } from '../../contract/credential-settings.ts';
import { OAuthClientView, ShownOnce } from '../../contract/credential-view.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { rotateOAuthClient as rotate } from '../../domain/admin/rotate-oauth-client.ts';
import { exampleClient, overlapEnd, rotatedAt, successorEnd, successorId } from './credential-examples.ts';

const successor = { createdAt: rotatedAt, expiresAt: successorEnd, acceptedUntil: successorEnd };

export const rotateOAuthClient = endpoint({
  id: 'admin.rotate-oauth-client',
  summary: 'A second secret for an OAuth client; both work until the overlap ends. It is shown in this answer only.',
  route: 'POST /v1/admin/oauth-clients/{clientId}/rotate',
  scope: 'credentials:write',
  needs: ['oauthClients'],
  input: z.strictObject({ clientId: ClientId, overlapSeconds: OverlapSeconds }),
  output: z.strictObject({ clientSecret: ShownOnce, client: OAuthClientView }),
  errors: ['credential.not_found', 'credential.conflict'],
  cache: 'never',
  emits: [],
  effect: 'writes',
  limits: { timeoutSeconds: 10, callsPerSecond: 10 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 500 },
  example: {
    input: { clientId: exampleClient.clientId, overlapSeconds: 604_800 },
    output: {
      clientSecret: 'hhs_e5Nw...',
      client: {
        ...exampleClient,
        secrets: [
          ...exampleClient.secrets.map((secret) => ({ ...secret, acceptedUntil: overlapEnd })),
          { secretId: successorId, prefix: 'hhs_e5Nw', ...successor },
        ],
      },
    },
  },
  handler: ({ ctx, input: { clientId, overlapSeconds } }) => rotate(ctx, clientId, overlapSeconds),
});
