import { z } from 'zod';
import { Metadata } from '../../contract/candidate.ts';
import { ChunkType, ModelLabel } from '../../contract/embedding.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { CandidateId } from '../../contract/ids.ts';
import { Limit } from '../../contract/paging.ts';
import { text } from '../../contract/text.ts';
import { embedText, ownVector } from '../../domain/embed/embed-text.ts';

export const query = endpoint({
  id: 'embed.query',
  summary: 'The stored vectors nearest to a text or vector, of the same model only.',
  route: 'POST /v1/embeddings/query',
  scope: 'embeddings:read',
  needs: ['embeddings', 'embedder', 'lexicon'],
  input: z
    .strictObject({
      query: text(1, 6_000).optional(),
      embedding: z.array(z.number().min(-1e4).max(1e4)).min(8).max(4_000).optional(),
      limit: Limit.default(20),
      similarityThreshold: z
        .number()
        .min(0)
        .max(1)
        .default(0)
        .meta({ description: 'Cosine; what is less alike is left out.' }),
      filter: Metadata.optional().meta({ description: 'Contained in the vector’s metadata.' }),
    })
    .refine(({ query: words, embedding }) => (words === undefined) !== (embedding === undefined), {
      message: 'give either query or embedding',
    }),
  output: z.strictObject({
    results: z.array(
      z.strictObject({
        candidateId: CandidateId,
        chunkType: ChunkType,
        similarity: z.number(),
        metadata: Metadata,
        updatedAt: z.string(),
      }),
    ),
    ...ModelLabel.shape,
  }),
  errors: ['embedding.model_mismatch', 'embedder.unavailable'],
  cache: { seconds: 180, dropOn: ['candidate.changed', 'embedding.changed'] },
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 50 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 200 },
  example: {
    input: { query: 'engenharia de dados', limit: 1 },
    output: {
      results: [
        {
          candidateId: 'example-1' as CandidateId,
          chunkType: 'profile',
          similarity: 0.41,
          metadata: {},
          updatedAt: '2026-01-01T12:00:00+00:00',
        },
      ],
      provider: 'local',
      model: 'static-2',
      dimensions: 128,
    },
  },
  handler: async ({ ctx, input }) => {
    const asked = input.embedding ? ownVector(ctx, input.embedding) : await embedText(ctx, input.query ?? '', 'query');
    const { limit, similarityThreshold: threshold, filter } = input;
    const results = await ctx.embeddings.nearest(asked, { limit, threshold, metadata: filter });
    return { results, ...asked.label };
  },
});
