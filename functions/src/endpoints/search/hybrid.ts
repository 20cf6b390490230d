import { z } from 'zod';
import { CandidateProfile } from '../../contract/candidate.ts';
import { ModelLabel } from '../../contract/embedding.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { CandidateId } from '../../contract/ids.ts';
import { degradations } from '../../domain/search/degradations.ts';
import { hybridSearch } from '../../domain/search/hybrid.ts';
import { widenedByMarket } from '../../domain/search/market-adjacency.ts';
import { exampleDecision, Gap, Legs, Reason, RecordedAs, Signal, Understanding } from './answer.ts';
import { asksSomething, Question } from './question.ts';

const HybridSearch = Question.refine(asksSomething, {
  message: 'give at least one of query, jobDescription and embedding',
});

const HybridResults = z.strictObject({
  results: z.array(
    z.strictObject({
      candidateId: CandidateId,
      rank: z.int().min(1),
      score: z.number().min(0).max(1),
      rrf: z.number(),
      legs: Legs,
      signals: z.array(Signal),
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
  decisionId: RecordedAs,
  understood: Understanding,
  degraded: z.array(z.enum([...degradations, 'decision.unrecorded'])),
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
  needs: ['retrieval', 'candidates', 'embedder', 'lexicon', 'neighbourhoods', 'decisions'],
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
      decisionId: exampleDecision,
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
  handler: ({ ctx, input }) => hybridSearch(widenedByMarket(ctx), 'search.hybrid', input),
});
