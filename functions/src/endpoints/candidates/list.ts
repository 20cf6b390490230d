import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { CandidateId } from '../../contract/ids.ts';
import { Cursor, Limit, pagesOf } from '../../contract/paging.ts';

const pages = pagesOf('candidates.list', z.tuple([z.iso.datetime({ offset: true }), CandidateId]));

export const list = endpoint({
  id: 'candidates.list',
  summary: 'The pool page by page, the latest change first.',
  route: 'GET /v1/candidates',
  scope: 'candidates:read',
  needs: ['candidates'],
  input: z.strictObject({ limit: Limit.default(50), cursor: Cursor.optional() }),
  output: z.strictObject({
    candidates: z.array(
      z.strictObject({
        candidateId: CandidateId,
        fullName: z.string(),
        title: z.string().nullable(),
        headline: z.string().nullable(),
        city: z.string().nullable(),
        updatedAt: z.string(),
      }),
    ),
    nextCursor: z.string().nullable(),
  }),
  errors: ['page.cursor_invalid'],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 50 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 200 },
  example: {
    input: { limit: 1 },
    output: {
      candidates: [
        {
          candidateId: 'example-1' as CandidateId,
          fullName: 'Marina Exemplo',
          title: 'Desenvolvedora Backend Sênior',
          headline: null,
          city: 'Recife',
          updatedAt: '2026-01-01T12:00:00+00:00',
        },
      ],
      nextCursor: null,
    },
  },
  handler: async ({ ctx, input }) => {
    const { items, nextCursor } = await pages(
      ctx.caller.tenant,
      input,
      (limit, after) => ctx.candidates.list(limit, after && { updatedAt: after[0], candidateId: after[1] }),
      ({ updatedAt, candidateId }) => [updatedAt, candidateId],
    );
    const candidates = items.map(({ candidateId, profile, updatedAt }) => ({
      candidateId,
      fullName: profile.fullName,
      title: profile.title ?? null,
      headline: profile.headline ?? null,
      city: profile.location?.city ?? null,
      updatedAt,
    }));
    return { candidates, nextCursor };
  },
});
