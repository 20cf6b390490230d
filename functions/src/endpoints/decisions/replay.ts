import { z } from 'zod';
import { DecisionId } from '../../contract/decision.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { CandidateId } from '../../contract/ids.ts';
import { signalNames } from '../../contract/signal.ts';
import { replayDecision } from '../../domain/decisions/replay-decision.ts';
import { widenedByMarket } from '../../domain/search/market-adjacency.ts';
import { exampleDecision, Legs } from '../search/answer.ts';
import { Versions } from './record.ts';

const change = <Value extends z.ZodType>(value: Value) => ({ before: value, after: value });
const told = <Person extends z.ZodType>(person: Person) =>
  z.strictObject({ count: z.int().min(0), people: z.array(person).max(20) });
const Rank = z.int().min(1);
const Score = z.number().min(0).max(1);

const Moved = z.strictObject({
  candidateId: CandidateId,
  rank: z.strictObject(change(Rank)),
  score: z.strictObject(change(Score)),
  legs: z.array(z.strictObject({ leg: z.enum(['vector', 'lexical']), ...change(Legs.shape.vector) })),
  signals: z.array(z.strictObject({ name: z.enum(signalNames), ...change(Score.nullable()) })),
});

export const replay = endpoint({
  id: 'decisions.replay',
  summary: 'Rank again what was asked then, over today’s data by today’s software: identical, or exactly what changed.',
  route: 'POST /v1/decisions/{decisionId}/replay',
  scope: 'decisions:read',
  needs: ['decisions', 'retrieval', 'candidates', 'embedder', 'lexicon', 'neighbourhoods'],
  input: z.strictObject({ decisionId: DecisionId }),
  output: z.strictObject({
    decisionId: DecisionId,
    madeAt: z.iso.datetime(),
    identical: z.boolean().meta({
      description:
        'Everybody, their order, profiles, legs, signals and scores are those of the record. Versions may differ.',
    }),
    setHash: z.strictObject(change(z.string())),
    versions: z.array(z.strictObject({ name: z.enum(Versions.keyof().options), ...change(z.string().nullable()) })),
    understoodDiffers: z.boolean(),
    weights: z.array(z.strictObject({ name: z.enum(signalNames), ...change(z.number()) })),
    degraded: z.strictObject(change(z.array(z.string()))).nullable(),
    came: told(
      z.strictObject({
        candidateId: CandidateId,
        rank: Rank,
        revision: z.int(),
        because: z.enum(['created', 'changed', 'movedUp']),
      }),
    ),
    went: told(
      z.strictObject({
        candidateId: CandidateId,
        rank: Rank,
        because: z.enum(['removed', 'changed', 'pushedOut']),
      }),
    ).meta({ description: '`rank` is that of then; who is pushed out made way for those who came.' }),
    changed: told(z.strictObject({ candidateId: CandidateId, revision: z.strictObject(change(z.int())) })),
    moved: told(Moved).meta({ description: 'The largest change of score first.' }),
    today: z.strictObject({ moved: told(Moved) }).meta({
      description: 'What changes beside by counting time up to today instead of to the moment of the record.',
    }),
  }),
  errors: ['decision.not_found', 'decision.not_replayable', 'embedder.unavailable', 'search.unavailable'],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 20, callsPerSecond: 5 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 20 },
  slo: { p95Ms: 400 },
  example: {
    input: { decisionId: exampleDecision },
    output: {
      decisionId: exampleDecision,
      madeAt: '2026-01-01T12:00:00.000Z',
      identical: false,
      setHash: {
        before: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        after: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
      },
      versions: [],
      understoodDiffers: false,
      weights: [],
      degraded: null,
      came: { count: 0, people: [] },
      went: { count: 0, people: [] },
      changed: { count: 1, people: [{ candidateId: 'example-1' as CandidateId, revision: { before: 1, after: 2 } }] },
      moved: {
        count: 1,
        people: [
          {
            candidateId: 'example-1' as CandidateId,
            rank: { before: 1, after: 2 },
            score: { before: 0.821345, after: 0.640112 },
            legs: [],
            signals: [{ name: 'skillsExact', before: 1, after: 0.5 }],
          },
        ],
      },
      today: { moved: { count: 0, people: [] } },
    },
  },
  handler: ({ ctx, input }) => replayDecision(widenedByMarket(ctx), input.decisionId),
});
