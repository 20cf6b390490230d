import { z } from 'zod';
import { CandidateProfile } from '../../contract/candidate.ts';
import { ModelLabel } from '../../contract/embedding.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { CandidateId } from '../../contract/ids.ts';
import { text } from '../../contract/text.ts';
import { Corrections } from '../../domain/search/correct.ts';
import { Filters } from '../../domain/search/filters.ts';
import { hybridSearch } from '../../domain/search/hybrid.ts';
import { widenedByMarket } from '../../domain/search/market-adjacency.ts';
import { roleTypes, signalNames } from '../../domain/search/weights.ts';
import { Gap, Reason, Understanding } from './answer.ts';

const LegRank = z.strictObject({ rank: z.int().min(1), score: z.number() });

const HybridSearch = z
  .strictObject({
    query: text(1, 6_000).optional().meta({ description: 'A sentence, Portuguese or English.' }),
    jobDescription: text(1, 20_000).optional().meta({ description: 'A whole job description.' }),
    embedding: z.array(z.number().min(-1e4).max(1e4)).min(8).max(4_000).optional().meta({
      description: 'A vector of the model in use, in the place of the text’s own.',
    }),
    filters: Filters.optional(),
    corrections: Corrections.optional(),
    limit: z.int().min(1).max(200).default(20),
    offset: z.int().min(0).max(200).default(0),
    roleType: z.enum(roleTypes).default('default'),
    signalWeights: z
      .strictObject(Object.fromEntries(signalNames.map((name) => [name, z.number().min(0).max(1).optional()])))
      .optional()
      .meta({
        description: 'In the place of the preset’s; the weights of each result are renormalised to 1.',
      }),
    locale: z.enum(['pt-BR', 'en']).default('pt-BR'),
  })
  .refine(
    ({ query, jobDescription, embedding }) =>
      query !== undefined || jobDescription !== undefined || embedding !== undefined,
    {
      message: 'give at least one of query, jobDescription and embedding',
    },
  );

const HybridResults = z.strictObject({
  results: z.array(
    z.strictObject({
      candidateId: CandidateId,
      rank: z.int().min(1),
      score: z.number().min(0).max(1),
      rrf: z.number(),
      legs: z.strictObject({ vector: LegRank.nullable(), lexical: LegRank.nullable() }),
      signals: z.array(
        z.strictObject({
          name: z.enum(signalNames),
          value: z.number().min(0).max(1),
          weight: z.number().min(0).max(1),
        }),
      ),
      fullName: z.string(),
      title: z.string().nullable(),
      headline: z.string().nullable(),
      location: CandidateProfile.shape.location.unwrap().nullable(),
      yearsExperience: z.number().nullable(),
      reasons: z.array(Reason),
      missing: z.array(Gap),
    }),
  ),
  total: z
    .int()
    .min(0)
    .meta({ description: 'How many candidates were ranked for this query: at most 300, whatever the limit.' }),
  understood: Understanding,
  degraded: z.array(z.enum(['leg.vector', 'leg.lexical', 'lexical.pruned', 'vector.approximate', 'skills.adjacency'])),
  market: z.strictObject({ countedAt: z.iso.datetime(), isCurrent: z.boolean() }).nullable().meta({
    description:
      'When the advertisements were counted that tell which skills go together, and whether none came or went since; null when they say nothing of the asked skills.',
  }),
  model: ModelLabel,
  timings: z
    .record(z.string(), z.number())
    .meta({ description: 'Milliseconds by step, of the call that computed the answer.' }),
});

export const hybrid = endpoint({
  id: 'search.hybrid',
  summary: 'Rank your candidates against a query or a job description, and say why.',
  route: 'POST /v1/search/hybrid',
  scope: 'search:read',
  needs: ['retrieval', 'candidates', 'embedder', 'lexicon', 'neighbourhoods'],
  input: HybridSearch,
  output: HybridResults,
  errors: ['embedder.unavailable', 'embedding.model_mismatch', 'search.unavailable'],
  cache: { seconds: 180, dropOn: ['candidate.changed', 'embedding.changed', 'neighbours.recounted'] },
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 30 },
  run: { memory: '512MiB', minInstances: 1, concurrency: 80 },
  slo: { p95Ms: 80 },
  example: {
    input: { query: 'Desenvolvedora backend Java sênior com Kafka em Recife', limit: 1 },
    output: {
      results: [
        {
          candidateId: 'example-1' as CandidateId,
          rank: 1,
          score: 0.82,
          rrf: 0.032787,
          legs: { vector: { rank: 1, score: 0.61 }, lexical: { rank: 1, score: 9.4 } },
          signals: [{ name: 'skillsExact', value: 1, weight: 1 }],
          fullName: 'Marina Exemplo',
          title: 'Desenvolvedora Backend Sênior',
          headline: null,
          location: { city: 'Recife', region: 'PE', country: 'BR' },
          yearsExperience: 6.1,
          reasons: [
            {
              kind: 'skill',
              subject: 'Java',
              text: 'Tem Java',
              quote: {
                text: 'Serviços em Java com Kafka e PostgreSQL',
                source: { field: 'experience[0].description' },
                start: 0,
                end: 39,
              },
            },
          ],
          missing: [],
        },
      ],
      total: 1,
      understood: {
        skills: [
          {
            anyOf: [{ id: 'java', label: 'Java', at: { field: 'query', start: 23, end: 27 } }],
            importance: 'required',
          },
        ],
        ignored: [],
        titles: [],
        functions: ['engineering'],
        seniority: ['senior'],
        years: {},
        places: [{ name: 'Recife', keys: ['recife'] }],
        languages: [],
        workModes: [],
        words: [],
      },
      degraded: [],
      market: null,
      model: { provider: 'local', model: 'static-2', dimensions: 128 },
      timings: { understandMs: 0.4, retrievalMs: 6.2, totalMs: 9.1 },
    },
  },
  handler: ({ ctx, input }) => hybridSearch(widenedByMarket(ctx), input),
});
