import { z } from 'zod';
import { endpoint } from '../../contract/endpoint.ts';
import { CandidateId } from '../../contract/ids.ts';
import { text } from '../../contract/text.ts';
import { Filters } from '../../domain/search/filters.ts';
import { hybridSearch } from '../../domain/search/hybrid.ts';
import { widenedByMarket } from '../../domain/search/market-adjacency.ts';
import { exampleDecision, RecordedAs } from './answer.ts';

export const candidates = endpoint({
  id: 'search.candidates',
  summary: 'The same ranking, told briefly: for lists and type-ahead.',
  route: 'POST /v1/search/candidates',
  scope: 'search:read',
  needs: ['retrieval', 'candidates', 'embedder', 'lexicon', 'neighbourhoods', 'decisions'],
  input: z.strictObject({
    query: text(1, 6_000),
    filters: Filters.optional(),
    limit: z.int().min(1).max(100).default(10),
    locale: z.enum(['pt-BR', 'en']).default('pt-BR'),
  }),
  output: z.strictObject({
    results: z.array(
      z.strictObject({
        candidateId: CandidateId,
        score: z.number().min(0).max(1),
        fullName: z.string(),
        title: z.string().nullable(),
        matched: z.array(z.string()),
        missing: z.array(z.string()),
      }),
    ),
    total: z.int().min(0),
    decisionId: RecordedAs,
  }),
  errors: ['embedder.unavailable', 'search.unavailable'],
  cache: { seconds: 180, dropOn: ['candidate.changed', 'embedding.changed', 'neighbours.recounted'] },
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 50 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 80 },
  example: {
    input: { query: 'Java sênior em Recife', limit: 1 },
    output: {
      results: [
        {
          candidateId: 'example-1' as CandidateId,
          score: 0.82,
          fullName: 'Marina Exemplo',
          title: 'Desenvolvedora Backend Sênior',
          matched: ['Java'],
          missing: [],
        },
      ],
      total: 1,
      decisionId: exampleDecision,
    },
  },
  handler: async ({ ctx, input }) => {
    const question = { ...input, offset: 0, roleType: 'default' as const };
    const { results, total, decisionId } = await hybridSearch(widenedByMarket(ctx), 'search.candidates', question);
    return {
      results: results.map(({ candidateId, score, fullName, title, reasons, missing }) => ({
        candidateId,
        score,
        fullName,
        title,
        matched: reasons.filter(({ kind }) => kind !== 'adjacentSkill').map(({ subject }) => subject),
        missing: missing.map(({ subject }) => subject),
      })),
      total,
      decisionId,
    };
  },
});
