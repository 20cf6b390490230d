import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Metadata } from '../../contract/candidate.ts';
import { ChunkType, ModelLabel } from '../../contract/embedding.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { CandidateId } from '../../contract/ids.ts';
import { text } from '../../contract/text.ts';
import { embedText, ownVector } from '../../domain/embed/embed-text.ts';

export const upsert = endpoint({
  id: 'embed.upsert',
  summary: 'Keep one more vector of a candidate: of a text, or one of your own by the model in use.',
  route: 'POST /v1/embeddings/upsert',
  scope: 'embeddings:write',
  needs: ['embeddings', 'embedder', 'lexicon'],
  input: z
    .strictObject({
      candidateId: CandidateId,
      text: text(1, 6_000).optional(),
      embedding: z.array(z.number().min(-1e4).max(1e4)).min(8).max(4_000).optional(),
      provider: ModelLabel.shape.provider.optional(),
      model: ModelLabel.shape.model.optional(),
      chunkType: ChunkType.default('default'),
      metadata: Metadata.default({}),
    })
    .refine(({ text: words, embedding }) => (words === undefined) !== (embedding === undefined), {
      message: 'give either text or embedding',
    })
    .refine(
      ({ embedding, provider, model }) => embedding === undefined || (provider !== undefined && model !== undefined),
      {
        path: ['model'],
        message: 'a vector of your own needs its provider and model',
      },
    )
    .refine(({ chunkType }) => chunkType !== 'profile', {
      path: ['chunkType'],
      message: '`profile` is kept in step with the candidate by the product itself',
    }),
  output: z.strictObject({
    candidateId: CandidateId,
    chunkType: ChunkType,
    ...ModelLabel.shape,
    createdAt: z.string(),
    updatedAt: z.string(),
  }),
  errors: ['candidate.not_found', 'embedding.model_mismatch', 'embedder.unavailable'],
  cache: 'never',
  emits: ['embedding.changed'],
  effect: 'writes',
  limits: { timeoutSeconds: 15, callsPerSecond: 50 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 300 },
  example: {
    input: { candidateId: 'example-1' as CandidateId, text: 'Liderou a migração para Kafka.', chunkType: 'note' },
    output: {
      candidateId: 'example-1' as CandidateId,
      chunkType: 'note',
      provider: 'local',
      model: 'static-2',
      dimensions: 128,
      createdAt: '2026-01-01T12:00:00+00:00',
      updatedAt: '2026-01-01T12:00:00+00:00',
    },
  },
  handler: async ({ ctx, input }) => {
    const { candidateId, chunkType, metadata, embedding, provider, model } = input;
    const { label, vector } = embedding
      ? ownVector(ctx, embedding, { ...(provider && { provider }), ...(model && { model }) })
      : await embedText(ctx, input.text ?? '', 'document');
    const contentHash = createHash('sha256')
      .update(input.text ?? JSON.stringify(embedding))
      .digest('hex');
    const times = await ctx.embeddings.put({ candidateId, chunkType, metadata, label, vector, contentHash }, ctx.now);
    return { candidateId, chunkType, ...label, ...times };
  },
});
