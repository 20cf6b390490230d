import { z } from 'zod';
import { DecisionId, decisionKinds } from '../../contract/decision.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { CandidateId } from '../../contract/ids.ts';
import { getDecision } from '../../domain/decisions/get-decision.ts';
import { tellDecision } from '../../domain/decisions/tell-decision.ts';
import { exampleDecision, Legs, Signal, Understanding } from '../search/answer.ts';
import { Question } from '../search/question.ts';
import { exampleUnderstanding, exampleVersions, exampleWeights, Versions, Weights } from './record.ts';

export const get = endpoint({
  id: 'decisions.get',
  summary: 'The record of a ranking: what was asked, how it was read, by which software, and everybody in their order.',
  route: 'GET /v1/decisions/{decisionId}',
  scope: 'decisions:read',
  needs: ['decisions'],
  input: z.strictObject({
    decisionId: DecisionId,
    limit: z.int().min(1).max(300).default(50).meta({ description: 'People.' }),
    offset: z.int().min(0).max(300).default(0),
  }),
  output: z.strictObject({
    decisionId: DecisionId,
    kind: z.enum(decisionKinds),
    madeAt: z.iso.datetime(),
    by: z.strictObject({ kind: z.enum(['person', 'client']), id: z.string() }),
    /** Of the call that was answered. */
    answeredRequestId: z.string(),
    question: Question,
    understood: Understanding,
    versions: Versions,
    weights: Weights,
    degraded: z.array(z.string()),
    setHash: z
      .string()
      .meta({ description: 'sha256 over everybody’s id and content, one a line, in the order of ids.' }),
    total: z.int().min(0),
    people: z.array(
      z.strictObject({
        candidateId: CandidateId,
        rank: z.int().min(1),
        score: z.number().min(0).max(1),
        rrf: z.number(),
        revision: z.int().min(0),
        content: z
          .string()
          .meta({ description: 'The first 16 digits of the content hash of their profile as it was.' }),
        legs: Legs,
        signals: z.array(Signal),
      }),
    ),
  }),
  errors: ['decision.not_found'],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 20 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 100 },
  example: {
    input: { decisionId: exampleDecision, limit: 1 },
    output: {
      decisionId: exampleDecision,
      kind: 'search.hybrid',
      madeAt: '2026-01-01T12:00:00.000Z',
      by: { kind: 'person', id: 'u1234567890' },
      answeredRequestId: '0b8f0c55-2f8e-4b57-9b0e-1f3c5d7a9e21',
      question: { query: 'Java em Recife', limit: 20, offset: 0, roleType: 'default', locale: 'pt-BR' },
      understood: exampleUnderstanding,
      versions: exampleVersions,
      weights: exampleWeights,
      degraded: [],
      setHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      total: 1,
      people: [
        {
          candidateId: 'example-1' as CandidateId,
          rank: 1,
          score: 0.821345,
          rrf: 0.032787,
          revision: 1,
          content: '0123456789abcdef',
          legs: { vector: { rank: 1, score: 0.61 }, lexical: { rank: 1, score: 9.4 } },
          signals: [{ name: 'skillsExact', value: 1, weight: 1 }],
        },
      ],
    },
  },
  handler: async ({ ctx, input }) => tellDecision(await getDecision(ctx, input.decisionId), input),
});
