import { z } from 'zod';
import { CredentialId } from '../../contract/credential.ts';
import { ApiKeyView, keyAsOf } from '../../contract/credential-view.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { exampleKey } from './credential-examples.ts';

export const revokeApiKey = endpoint({
  id: 'admin.revoke-api-key',
  summary: 'Refuse an API key from now on, for good: everywhere within ten seconds.',
  route: 'DELETE /v1/admin/api-keys/{keyId}',
  scope: 'credentials:write',
  needs: ['apiKeys'],
  input: z.strictObject({ keyId: CredentialId }),
  output: z.strictObject({ apiKey: ApiKeyView }),
  errors: ['credential.not_found'],
  cache: 'never',
  emits: [],
  effect: 'writes',
  limits: { timeoutSeconds: 10, callsPerSecond: 10 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 500 },
  example: {
    input: { keyId: exampleKey.keyId },
    output: { apiKey: { ...exampleKey, status: 'revoked', acceptedUntil: '2026-06-01T12:00:00.000Z' } },
  },
  handler: async ({ ctx, input: { keyId } }) => ({
    apiKey: keyAsOf(await ctx.apiKeys.revoke(keyId, ctx.now), ctx.now),
  }),
});
