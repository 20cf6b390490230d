import { z } from 'zod';
import { ModelLabel } from '../../contract/embedding.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { text } from '../../contract/text.ts';
import { embedText, requireModel } from '../../domain/embed/embed-text.ts';

export const generate = endpoint({
  id: 'embed.generate',
  summary: 'The vector of a text, by the model in use.',
  route: 'POST /v1/embeddings/generate',
  scope: 'embeddings:read',
  needs: ['embedder', 'lexicon'],
  input: z.strictObject({
    text: text(1, 6_000),
    task: z.enum(['document', 'query']).default('document'),
    provider: ModelLabel.shape.provider.optional().meta({ description: 'Given, it has to be the one in use.' }),
    dimensions: ModelLabel.shape.dimensions
      .optional()
      .meta({ description: 'Given, it has to be that of the model in use.' }),
  }),
  output: z.strictObject({ embedding: z.array(z.number()), ...ModelLabel.shape }),
  errors: ['embedding.model_mismatch', 'embedder.unavailable'],
  cache: { seconds: 3_600, dropOn: [] },
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 15, callsPerSecond: 50 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 200 },
  example: {
    input: { text: 'Engenheira de dados com Spark' },
    output: { embedding: [0.0625, -0.125], provider: 'local', model: 'static-2', dimensions: 128 },
  },
  handler: async ({ ctx, input }) => {
    requireModel(ctx, { provider: input.provider, dimensions: input.dimensions });
    const { label, vector } = await embedText(ctx, input.text, input.task);
    return { embedding: Array.from(vector), ...label };
  },
});
