import { z } from 'zod';
import { CredentialId } from '../../contract/credential.ts';
import { keyAsOf, ListedApiKey } from '../../contract/credential-view.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { Cursor, Limit, pagesOf } from '../../contract/paging.ts';
import { exampleKey } from './credential-examples.ts';

const pages = pagesOf('admin.list-api-keys', z.tuple([z.iso.datetime(), CredentialId]));

export const listApiKeys = endpoint({
  id: 'admin.list-api-keys',
  summary: 'The API keys of your tenant, page by page and newest first, with their last use.',
  route: 'GET /v1/admin/api-keys',
  scope: 'credentials:read',
  needs: ['apiKeys'],
  input: z.strictObject({ limit: Limit.default(50), cursor: Cursor.optional() }),
  output: z.strictObject({ apiKeys: z.array(ListedApiKey), nextCursor: z.string().nullable() }),
  errors: ['page.cursor_invalid'],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 10 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 500 },
  example: {
    input: { limit: 1 },
    output: { apiKeys: [{ ...exampleKey, uses: 1_204, lastUsedAt: '2026-05-31T23:59:30.000Z' }], nextCursor: null },
  },
  handler: async ({ ctx, input }) => {
    const { items, nextCursor } = await pages(
      ctx.caller.tenant,
      input,
      (limit, after) => ctx.apiKeys.list(limit, after && { createdAt: after[0], keyId: after[1] }),
      ({ createdAt, keyId }) => [createdAt, keyId],
    );
    return { apiKeys: items.map((key) => keyAsOf(key, ctx.now)), nextCursor };
  },
});
