import { z } from 'zod';
import type { Context } from '../../context.ts';
import { DecisionId } from '../../contract/decision.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { Problem } from '../../contract/errors.ts';
import { CandidateId } from '../../contract/ids.ts';
import { getDecision } from '../../domain/decisions/get-decision.ts';
import { degradations } from '../../domain/search/degradations.ts';
import { explainPerson } from '../../domain/search/explain-person.ts';
import { Filters } from '../../domain/search/filters.ts';
import { widenedByMarket } from '../../domain/search/market-adjacency.ts';
import type { HybridQuery } from '../../domain/search/ranking.ts';
import { exampleUnderstanding } from '../decisions/record.ts';
import { Gap, Reason, Signal, Understanding } from './answer.ts';
import { asksSomething, Question } from './question.ts';

const Explain = Question.omit({ offset: true })
  .extend({
    candidateId: CandidateId,
    decisionId: DecisionId.optional().meta({
      description:
        'Of an earlier answer, in the place of a question; its page and its time count. Needs `decisions:read`.',
    }),
  })
  .refine(({ decisionId, filters, corrections, ...asked }) => {
    const isAsked = asksSomething(asked);
    return decisionId === undefined ? isAsked : !isAsked && !filters && !corrections;
  }, 'give a question (query, jobDescription or embedding) or the decisionId of one, not both');

const Leg = z.strictObject({
  state: z.enum(['ranked', 'nothingShared', 'notAsked']).meta({
    description:
      '`nothingShared`: no word of the query, or no vector of the model in use. `notAsked`: the leg was away or had nothing to ask.',
  }),
  rank: z.int().min(1).nullable(),
  score: z.number().nullable(),
});

const editKinds = [
  'limit.raised',
  'filter.widened',
  'unknown.included',
  'skill.preferred',
  'skill.ignored',
  'titles.ignored',
  'requirement.ignored',
  'filter.dropped',
] as const;

export const explain = endpoint({
  id: 'search.explain',
  summary: 'Why is, or is not, this person in the answer, and what would bring them in.',
  route: 'POST /v1/search/explain',
  scope: 'search:read',
  needs: ['retrieval', 'standings', 'candidates', 'embedder', 'lexicon', 'neighbourhoods', 'decisions'],
  input: Explain,
  output: z.strictObject({
    candidateId: CandidateId,
    verdict: z.enum(['shown', 'beyondLimit', 'filteredOut', 'outsidePool']).meta({
      description: '`outsidePool`: passes the filters, but neither leg puts them among the 300 that are ranked.',
    }),
    rank: z.int().min(1).nullable(),
    limit: z.int(),
    total: z.int().min(0),
    failedFilters: z
      .array(
        z.strictObject({
          filter: Filters.keyof().exclude(['unknown']),
          asked: z.array(z.string()),
          has: z.array(z.string()),
        }),
      )
      .meta({ description: '`has`: what of that kind is known of them; empty when nothing is.' }),
    legs: z.strictObject({
      vector: Leg,
      lexical: Leg,
      reach: z.int().meta({ description: 'So many of each leg are looked at; whoever stands behind is not ranked.' }),
    }),
    score: z.number().min(0).max(1).meta({ description: 'As they would be scored, in the pool or not.' }),
    signals: z.array(Signal),
    reasons: z.array(Reason),
    missing: z.array(Gap),
    understood: Understanding,
    degraded: z.array(z.enum(degradations)),
    changes: z
      .array(
        z.strictObject({
          edits: z.array(z.strictObject({ kind: z.enum(editKinds), subject: z.string() })),
          question: Question.pick({ filters: true, corrections: true, limit: true, offset: true }).meta({
            description: 'To be sent in the place of these parts of the question.',
          }),
          rank: z.int().min(1),
        }),
      )
      .max(5)
      .meta({
        description:
          'What brings them in: showing more, where that is enough, and the changes of what is asked that take the fewest edits. The smallest first; each was tried.',
      }),
    tried: z.strictObject({
      questions: z.int().min(0),
      all: z.boolean().meta({ description: 'False when there was more to try than time or the bound of 24 allowed.' }),
    }),
  }),
  errors: [
    'candidate.not_found',
    'decision.not_found',
    'embedder.unavailable',
    'embedding.model_mismatch',
    'search.unavailable',
  ],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 20, callsPerSecond: 5 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 20 },
  slo: { p95Ms: 2_000 },
  example: {
    input: { query: 'Java em Recife', filters: { minExperienceYears: 8 }, candidateId: 'example-1' as CandidateId },
    output: {
      candidateId: 'example-1' as CandidateId,
      verdict: 'filteredOut',
      rank: null,
      limit: 20,
      total: 12,
      failedFilters: [{ filter: 'minExperienceYears', asked: ['8'], has: ['6.1'] }],
      legs: {
        vector: { state: 'ranked', rank: 1, score: 0.61 },
        lexical: { state: 'ranked', rank: 1, score: 9.4 },
        reach: 300,
      },
      score: 0.82,
      signals: [{ name: 'skillsExact', value: 1, weight: 1 }],
      reasons: [{ kind: 'skill', subject: 'Java', text: 'Tem Java' }],
      missing: [],
      understood: exampleUnderstanding,
      degraded: [],
      changes: [
        {
          edits: [{ kind: 'filter.widened', subject: 'minExperienceYears' }],
          question: { filters: { minExperienceYears: 6.1, unknown: 'include' }, limit: 20, offset: 0 },
          rank: 1,
        },
      ],
      tried: { questions: 1, all: true },
    },
  },
  handler: async ({ ctx, input: { candidateId, decisionId, ...question } }) => {
    const asked = decisionId ? await askedBy(ctx, decisionId) : { now: ctx.now, question: { ...question, offset: 0 } };
    return explainPerson({ ...widenedByMarket(ctx), now: asked.now }, candidateId, asked.question);
  },
});

/** What was asked then, so that whoever was on its page is shown, at its time. */
async function askedBy(ctx: Context<'decisions'>, id: DecisionId): Promise<{ now: Date; question: HybridQuery }> {
  if (!ctx.caller.scopes.has('decisions:read'))
    throw new Problem('auth.scope_missing', [{ path: 'scope', message: 'needs decisions:read' }]);
  const { question, madeAt } = await getDecision(ctx, id);
  return { now: madeAt, question: { ...question, limit: Math.min(300, question.offset + question.limit) } };
}
