import { z } from 'zod';
import { ApiKeySettings } from '../../contract/credential-settings.ts';
import { ApiKeyView, keyAsOf, ShownOnce } from '../../contract/credential-view.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { createApiKey as create } from '../../domain/admin/create-api-key.ts';
import { exampleKey } from './credential-examples.ts';

export const createApiKey = endpoint({
  id: 'admin.create-api-key',
  summary: 'A new API key for your tenant; its text is shown in this answer only.',
  route: 'POST /v1/admin/api-keys',
  scope: 'credentials:write',
  needs: ['apiKeys'],
  input: ApiKeySettings,
  output: z.strictObject({ key: ShownOnce, apiKey: ApiKeyView }),
  errors: ['credential.limit'],
  cache: 'never',
  emits: [],
  effect: 'writes',
  limits: { timeoutSeconds: 10, callsPerSecond: 10 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 500 },
  example: {
    input: { name: exampleKey.name, scopes: exampleKey.scopes, callsPerSecond: exampleKey.callsPerSecond },
    output: { key: `${exampleKey.prefix}...`, apiKey: exampleKey },
  },
  handler: async ({ ctx, input }) => {
    const { key, apiKey } = await create(ctx, input);
    return { key, apiKey: keyAsOf(apiKey, ctx.now) };
  },
});
