import { z } from 'zod';
import { CredentialId } from '../../contract/credential.ts';
import { OverlapSeconds } from '../../contract/credential-settings.ts';
import { ApiKeyView, keyAsOf, ShownOnce } from '../../contract/credential-view.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { rotateApiKey as rotate } from '../../domain/admin/rotate-api-key.ts';
import { exampleKey, overlapEnd, rotatedAt, successorEnd, successorId } from './credential-examples.ts';

const successor = { createdAt: rotatedAt, expiresAt: successorEnd, acceptedUntil: successorEnd };

export const rotateApiKey = endpoint({
  id: 'admin.rotate-api-key',
  summary: 'A successor of an API key; both work until the overlap ends. Its text is shown in this answer only.',
  route: 'POST /v1/admin/api-keys/{keyId}/rotate',
  scope: 'credentials:write',
  needs: ['apiKeys'],
  input: z.strictObject({ keyId: CredentialId, overlapSeconds: OverlapSeconds }),
  output: z.strictObject({ key: ShownOnce, apiKey: ApiKeyView, replaced: ApiKeyView }),
  errors: ['credential.not_found', 'credential.conflict'],
  cache: 'never',
  emits: [],
  effect: 'writes',
  limits: { timeoutSeconds: 10, callsPerSecond: 10 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 500 },
  example: {
    input: { keyId: exampleKey.keyId, overlapSeconds: 604_800 },
    output: {
      key: 'hhk_m3Rk...',
      apiKey: { ...exampleKey, ...successor, keyId: successorId, prefix: 'hhk_m3Rk', replaces: exampleKey.keyId },
      replaced: { ...exampleKey, acceptedUntil: overlapEnd, replacedBy: successorId },
    },
  },
  handler: async ({ ctx, input: { keyId, overlapSeconds } }) => {
    const { key, apiKey, replaced } = await rotate(ctx, keyId, overlapSeconds);
    return { key, apiKey: keyAsOf(apiKey, ctx.now), replaced: keyAsOf(replaced, ctx.now) };
  },
});
