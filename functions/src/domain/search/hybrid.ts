import type { Context } from '../../context.ts';
import type { CandidateFacts, LabelledVector } from '../../contract/candidate-record.ts';
import type { EmbeddingInput } from '../../contract/embedding.ts';
import { Problem } from '../../contract/errors.ts';
import type { WeighedTerms } from '../../stores/retrieval.ts';
import { ownVector } from '../embed/embed-text.ts';
import { analyzeQuery } from '../text/analyze.ts';
import { type Recognizer, recognizerOf } from '../text/recognizer.ts';
import { type Adjacency, type AdjacencySource, lexiconAdjacency, notLongAfter, widest } from './adjacency.ts';
import { type Corrections, correct } from './correct.ts';
import { type Filters, filterKeysOf } from './filters.ts';
import { type Fused, fuse } from './fuse.ts';
import { explain } from './reasons.ts';
import { signalsFor } from './signals.ts';
import { tell } from './tell.ts';
import { understand } from './understand.ts';
import type { Understanding } from './understanding.ts';
import { type RoleType, type SignalName, score, type WeighedSignal, weightsFor } from './weights.ts';
import type { Locale } from './wording.ts';

/** Each leg is asked for so many, and as many are scored: a page is always a window on the same order. */
export const poolSize = 300;

export type HybridContext = Context<'retrieval' | 'candidates' | 'embedder' | 'lexicon'> & {
  /** Adjacency beyond the lexicon's own. */
  readonly adjacency?: AdjacencySource;
};

export interface HybridQuery {
  readonly query?: string | undefined;
  readonly jobDescription?: string | undefined;
  readonly embedding?: readonly number[] | undefined;
  readonly filters?: Filters | undefined;
  readonly corrections?: Corrections | undefined;
  readonly limit: number;
  readonly offset: number;
  readonly roleType: RoleType;
  readonly signalWeights?: Partial<Record<SignalName, number | undefined>> | undefined;
  readonly locale: Locale;
}

export type Degradation = 'leg.vector' | 'leg.lexical' | 'lexical.pruned' | 'vector.approximate' | 'skills.adjacency';

export interface Ranked extends Fused {
  readonly score: number;
  readonly weighed: readonly WeighedSignal[];
  readonly facts: CandidateFacts;
}

/** Ranks the tenant's candidates: understand, retrieve by both legs, fuse, score, explain the page that was asked for. */
export async function hybridSearch(ctx: HybridContext, input: HybridQuery) {
  const timings = stopwatch();
  const recognizer = recognizerOf(ctx.lexicon);
  const text = [input.query, input.jobDescription].filter((part) => part).join('\n');
  const { understood: asked, asking } = correct(recognizer, understand(recognizer, text), input.corrections);
  const concepts = conceptsOf(asked);
  // A page that asks for nothing at all ("Benefícios: VR") is still searched by its words.
  const words = asking.trim() === '' && concepts.length === 0 ? text : asking;
  const terms = text === '' && concepts.length === 0 ? undefined : analyzeQuery(words, concepts);
  timings.lap('understandMs');

  const filters = filterKeysOf(recognizer, input.filters);
  const embedding = vectorOf(ctx, input.embedding, { text: words, concepts });
  const legs = Promise.allSettled([
    embedding.then((vector) => {
      timings.lap('embeddingMs');
      return ctx.retrieval.byVector(vector, filters, poolSize);
    }),
    terms ? ctx.retrieval.byTerms(terms, filters, poolSize) : undefined,
  ]);
  const askedIds = asked.skills.flatMap(({ anyOf }) => anyOf.map(({ id }) => id));
  const [adjacency] = await Promise.allSettled([
    ctx.adjacency && notLongAfter(legs, ctx.adjacency.adjacentTo(askedIds)),
  ]);
  const [vectorLeg, lexicalLeg] = await legs;
  const degraded = degradationsOf(vectorLeg, lexicalLeg, adjacency);
  const widening = adjacency.status === 'fulfilled' ? adjacency.value : undefined;
  const adjacent = widest(lexiconAdjacency(recognizer), ...(widening ? [widening.adjacent] : []));
  const fused = fuse({
    ...(vectorLeg.status === 'fulfilled' && {
      vector: vectorLeg.value.hits.map(({ candidateId, similarity }) => ({ candidateId, score: similarity })),
    }),
    ...(lexicalLeg.status === 'fulfilled' && lexicalLeg.value && { lexical: lexicalLeg.value.hits }),
  }).slice(0, poolSize);
  timings.lap('retrievalMs');

  const query = {
    vector: vectorLeg.status === 'fulfilled' ? await embedding : undefined,
    lexical: lexicalLeg.status === 'fulfilled' ? lexicalLeg.value : undefined,
  };
  const ranked = await rank(ctx, { recognizer, asked, adjacent }, fused, query, input);
  timings.lap('rankingMs');

  const page = ranked.slice(input.offset, input.offset + input.limit);
  const results = await present(ctx, { recognizer, asked, adjacent }, page, input);
  timings.lap('explainMs');
  return {
    results,
    total: ranked.length,
    understood: tell(asked, input.query),
    degraded,
    market: widening?.market ?? null,
    model: ctx.embedder.label,
    timings: timings.all(),
  };
}

interface Question {
  readonly recognizer: Recognizer;
  readonly asked: Understanding;
  readonly adjacent: Adjacency;
}

const conceptsOf = (asked: Understanding): string[] => [
  ...asked.skills.flatMap(({ anyOf }) => anyOf.map(({ id }) => `skill:${id}`)),
  ...asked.titles.map(({ id }) => `title:${id}`),
  ...asked.functions.map((name) => `function:${name}`),
];

async function vectorOf(
  ctx: HybridContext,
  given: readonly number[] | undefined,
  input: EmbeddingInput,
): Promise<LabelledVector> {
  if (given) return ownVector(ctx, given);
  const [vector] = await ctx.embedder.embed([input], 'query', ctx.signal);
  if (!vector) throw new Problem('embedder.unavailable');
  return { label: ctx.embedder.label, vector };
}

// A leg that is down is declared and the other answers alone; a caller's mistake, or both being down, is an error.
function degradationsOf(
  vectorLeg: PromiseSettledResult<{ exact: boolean }>,
  lexicalLeg: PromiseSettledResult<{ pruned: boolean } | undefined>,
  adjacency: PromiseSettledResult<unknown>,
): Degradation[] {
  const failures = [vectorLeg, lexicalLeg].filter((leg) => leg.status === 'rejected');
  const mistake = [...failures, adjacency]
    .filter((part) => part.status === 'rejected')
    .find(({ reason }) => !(reason instanceof Problem) || reason.kind !== 'unavailable');
  if (mistake) throw mistake.reason;
  const asked = lexicalLeg.status === 'fulfilled' && lexicalLeg.value === undefined ? 1 : 2;
  if (failures.length === asked) throw new Problem('search.unavailable', undefined, { cause: failures[0]?.reason });
  return [
    ...(vectorLeg.status === 'rejected'
      ? (['leg.vector'] as const)
      : vectorLeg.value.exact
        ? []
        : (['vector.approximate'] as const)),
    ...(lexicalLeg.status === 'rejected'
      ? (['leg.lexical'] as const)
      : lexicalLeg.value?.pruned
        ? (['lexical.pruned'] as const)
        : []),
    ...(adjacency.status === 'rejected' ? (['skills.adjacency'] as const) : []),
  ];
}

async function rank(
  ctx: HybridContext,
  { recognizer, asked, adjacent }: Question,
  fused: readonly Fused[],
  query: { vector: LabelledVector | undefined; lexical: { weighed: WeighedTerms | undefined } | undefined },
  input: HybridQuery,
): Promise<Ranked[]> {
  const members = await ctx.retrieval.poolOf(
    fused.map(({ candidateId }) => candidateId),
    { vector: query.vector, weighed: query.lexical?.weighed },
  );
  const pool = new Map(members.map((member) => [member.candidateId, member]));
  const signalsOf = signalsFor(recognizer, asked, adjacent, ctx.now);
  const weights = weightsFor(input.roleType, input.signalWeights);
  return fused
    .flatMap((candidate) => {
      const member = pool.get(candidate.candidateId);
      // Removed between the legs and now: no longer anybody's answer.
      if (!member) return [];
      // Words that nobody has were asked for in vain: they count as nothing found, not as nothing asked.
      const share = member.share ?? (query.lexical ? 0 : undefined);
      const legs = { similarity: member.similarity ?? undefined, share };
      return [
        {
          ...candidate,
          ...score(signalsOf(member.facts, legs), weights),
          facts: member.facts,
        },
      ];
    })
    .sort((a, b) => b.score - a.score || b.rrf - a.rrf || (a.candidateId < b.candidateId ? -1 : 1));
}

async function present(
  ctx: HybridContext,
  { recognizer, asked, adjacent }: Question,
  page: readonly Ranked[],
  input: HybridQuery,
) {
  const ids = page.map(({ candidateId }) => candidateId);
  const { candidates: profiles, documents } = await ctx.candidates.findWithDocuments(ids);
  return page.flatMap(({ candidateId, score: total, weighed, legs, rrf, facts }, i) => {
    const profile = profiles.get(candidateId)?.profile;
    if (!profile) return [];
    const person = { profile, facts, documents: documents.get(candidateId) ?? [] };
    const { reasons, missing } = explain(recognizer, asked, adjacent, person, input.locale);
    return [
      {
        candidateId,
        rank: input.offset + i + 1,
        score: rounded(total),
        rrf: rounded(rrf, 6),
        legs: {
          vector: legs['vector'] ? { rank: legs['vector'].rank, score: rounded(legs['vector'].score) } : null,
          lexical: legs['lexical'] ? { rank: legs['lexical'].rank, score: rounded(legs['lexical'].score) } : null,
        },
        signals: weighed.map(({ name, value, weight }) => ({ name, value: rounded(value), weight: rounded(weight) })),
        fullName: profile.fullName,
        title: profile.title ?? null,
        headline: profile.headline ?? null,
        location: profile.location ?? null,
        yearsExperience: facts.years ?? null,
        reasons,
        missing,
      },
    ];
  });
}

const rounded = (value: number, digits = 4) => Math.round(value * 10 ** digits) / 10 ** digits;

function stopwatch() {
  const started = performance.now();
  let last = started;
  const laps: Record<string, number> = {};
  return {
    lap(name: string) {
      const now = performance.now();
      laps[name] = rounded(now - last, 1);
      last = now;
    },
    all: () => ({ ...laps, totalMs: rounded(performance.now() - started, 1) }),
  };
}
