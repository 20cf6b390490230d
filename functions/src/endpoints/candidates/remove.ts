import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { CandidateId } from '../../contract/ids.ts';

export const remove = endpoint({
  id: 'candidates.remove',
  summary: 'Remove a candidate and everything derived from them.',
  route: 'DELETE /v1/candidates/{candidateId}',
  scope: 'candidates:write',
  needs: ['candidates'],
  input: z.strictObject({ candidateId: CandidateId }),
  output: z.strictObject({ candidateId: CandidateId, removed: z.literal(true) }),
  errors: ['candidate.not_found'],
  cache: 'never',
  emits: ['candidate.changed'],
  effect: 'writes',
  limits: { timeoutSeconds: 10, callsPerSecond: 50 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 200 },
  example: {
    input: { candidateId: 'example-1' as CandidateId },
    output: { candidateId: 'example-1' as CandidateId, removed: true },
  },
  handler: async ({ ctx, input: { candidateId } }) => {
    await ctx.candidates.remove(candidateId);
    return { candidateId, removed: true as const };
  },
});
