import type { Context } from '../../context.ts';
import type { CandidateFacts, LabelledVector, TermVector } from '../../contract/candidate-record.ts';
import type { EmbeddingInput } from '../../contract/embedding.ts';
import { Problem } from '../../contract/errors.ts';
import type { SignalName } from '../../contract/signal.ts';
import type { FilterKeys, PoolMember, WeighedTerms } from '../../stores/retrieval.ts';
import { ownVector } from '../embed/embed-text.ts';
import { analyzeQuery } from '../text/analyze.ts';
import { type Recognizer, recognizerOf } from '../text/recognizer.ts';
import {
  type Adjacency,
  type AdjacencySource,
  lexiconAdjacency,
  notLongAfter,
  type Widening,
  widest,
} from './adjacency.ts';
import { type Corrections, correct } from './correct.ts';
import { type Degradation, degradationsOf } from './degradations.ts';
import { type Filters, filterKeysOf } from './filters.ts';
import { type Fused, fuse } from './fuse.ts';
import { signalsFor } from './signals.ts';
import { understand } from './understand.ts';
import type { Understanding } from './understanding.ts';
import { type RoleType, score, type WeighedSignal, weightsFor } from './weights.ts';
import type { Locale } from './wording.ts';

/** Each leg is asked for so many, and as many are scored: a page is always a window on the same order. */
export const poolSize = 300;

export type RankingContext = Context<'retrieval' | 'embedder' | 'lexicon'> & {
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

export interface Ranked extends Fused, Pick<PoolMember, 'revision' | 'content'> {
  readonly score: number;
  readonly weighed: readonly WeighedSignal[];
  readonly facts: CandidateFacts;
}

/** What a question was read as, and with what it is asked. */
export interface Reading {
  readonly recognizer: Recognizer;
  readonly asked: Understanding;
  readonly adjacent: Adjacency;
}

/** Everything that decided the order of an answer, and the order: the whole pool, best first. */
export interface Ranking extends Reading {
  readonly filters: FilterKeys;
  /** What the legs were asked; absent where a leg was not asked or was away. */
  readonly vector: LabelledVector | undefined;
  readonly terms: TermVector | undefined;
  readonly weights: Readonly<Record<SignalName, number>>;
  readonly people: readonly Ranked[];
  /** How well somebody answers the question, whether or not they are in the pool. */
  scoreOf(member: PoolMember): ReturnType<typeof score>;
  /** The query's words by the tenant's idf; undefined when nobody has any, or words were not asked. */
  readonly weighed: WeighedTerms | undefined;
  readonly degraded: readonly Degradation[];
  readonly market: Widening['market'];
}

/**
 * Ranks the tenant's candidates: understand, retrieve by both legs, fuse, score. The order depends on the question, the data,
 * the software and `ctx.now`, and on nothing else; `limit`, `offset` and `locale` change nothing of it.
 * @throws Problem `search.unavailable`, `embedding.model_mismatch`, `input.invalid`
 */
export async function rankPeople(ctx: RankingContext, input: HybridQuery, lap = (_: string) => {}): Promise<Ranking> {
  const recognizer = recognizerOf(ctx.lexicon);
  const text = [input.query, input.jobDescription].filter((part) => part).join('\n');
  const { understood: asked, asking } = correct(recognizer, understand(recognizer, text), input.corrections);
  const concepts = conceptsOf(asked);
  // A page that asks for nothing at all ("Benefícios: VR") is still searched by its words.
  const words = asking.trim() === '' && concepts.length === 0 ? text : asking;
  const terms = text === '' && concepts.length === 0 ? undefined : analyzeQuery(words, concepts);
  lap('understandMs');

  const filters = filterKeysOf(recognizer, input.filters);
  const embedding = vectorOf(ctx, input.embedding, { text: words, concepts });
  const legs = Promise.allSettled([
    embedding.then((vector) => {
      lap('embeddingMs');
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
  lap('retrievalMs');

  const vector = vectorLeg.status === 'fulfilled' ? await embedding : undefined;
  const lexical = lexicalLeg.status === 'fulfilled' ? lexicalLeg.value : undefined;
  const members = await ctx.retrieval.poolOf(
    fused.map(({ candidateId }) => candidateId),
    { vector, weighed: lexical?.weighed },
  );
  const weights = weightsFor(input.roleType, input.signalWeights);
  const signalsOf = signalsFor(recognizer, asked, adjacent, ctx.now);
  const scoreOf = ({ facts, similarity, share }: PoolMember) =>
    // Words that nobody has were asked for in vain: they count as nothing found, not as nothing asked.
    score(
      signalsOf(facts, { similarity: similarity ?? undefined, share: share ?? (lexical ? 0 : undefined) }),
      weights,
    );
  const people = inOrder(fused, members, scoreOf);
  lap('rankingMs');
  return {
    ...{ recognizer, asked, adjacent, filters, vector, terms: lexical && terms, weighed: lexical?.weighed },
    ...{ weights, people, scoreOf, degraded, market: widening?.market ?? null },
  };
}

const conceptsOf = (asked: Understanding): string[] => [
  ...asked.skills.flatMap(({ anyOf }) => anyOf.map(({ id }) => `skill:${id}`)),
  ...asked.titles.map(({ id }) => `title:${id}`),
  ...asked.functions.map((name) => `function:${name}`),
];

async function vectorOf(
  ctx: RankingContext,
  given: readonly number[] | undefined,
  input: EmbeddingInput,
): Promise<LabelledVector> {
  if (given) return ownVector(ctx, given);
  const [vector] = await ctx.embedder.embed([input], 'query', ctx.signal);
  if (!vector) throw new Problem('embedder.unavailable');
  return { label: ctx.embedder.label, vector };
}

/** Highest score first, then by fusion, then by id. */
function inOrder(fused: readonly Fused[], members: readonly PoolMember[], scoreOf: Ranking['scoreOf']): Ranked[] {
  const pool = new Map(members.map((member) => [member.candidateId, member]));
  return fused
    .flatMap((candidate) => {
      const member = pool.get(candidate.candidateId);
      // Removed between the legs and now: no longer anybody's answer.
      if (!member) return [];
      const { facts, revision, content } = member;
      return [{ ...candidate, ...scoreOf(member), facts, revision, content }];
    })
    .sort((a, b) => b.score - a.score || b.rrf - a.rrf || (a.candidateId < b.candidateId ? -1 : 1));
}
