import { z } from 'zod';
import { ClientId } from '../../contract/credential.ts';
import { ListedOAuthClient } from '../../contract/credential-view.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { Cursor, Limit, pagesOf } from '../../contract/paging.ts';
import { exampleClient } from './credential-examples.ts';

const pages = pagesOf('admin.list-oauth-clients', z.tuple([z.iso.datetime(), ClientId]));
const use = { uses: 310, lastUsedAt: '2026-05-31T23:59:30.000Z' };

export const listOAuthClients = endpoint({
  id: 'admin.list-oauth-clients',
  summary: 'The OAuth clients of your tenant, page by page and newest first, with the last use of each secret.',
  route: 'GET /v1/admin/oauth-clients',
  scope: 'credentials:read',
  needs: ['oauthClients'],
  input: z.strictObject({ limit: Limit.default(50), cursor: Cursor.optional() }),
  output: z.strictObject({ clients: z.array(ListedOAuthClient), nextCursor: z.string().nullable() }),
  errors: ['page.cursor_invalid'],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 10 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 500 },
  example: {
    input: { limit: 1 },
    output: {
      clients: [{ ...exampleClient, secrets: exampleClient.secrets.map((secret) => ({ ...secret, ...use })) }],
      nextCursor: null,
    },
  },
  handler: async ({ ctx, input }) => {
    const { items, nextCursor } = await pages(
      ctx.caller.tenant,
      input,
      (limit, after) => ctx.oauthClients.list(limit, after && { createdAt: after[0], clientId: after[1] }),
      ({ createdAt, clientId }) => [createdAt, clientId],
    );
    return { clients: [...items], nextCursor };
  },
});
