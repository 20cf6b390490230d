import type { Context } from '../../context.ts';
import { Problem } from '../../contract/errors.ts';
import type { CandidateId } from '../../contract/ids.ts';
import type { Place } from '../../stores/standings.ts';
import { necessaryEdits, possibleEdits } from './edits.ts';
import { failedFilters } from './failed-filters.ts';
import { tellSignals } from './present.ts';
import { type HybridQuery, poolSize, type Ranking, type RankingContext, rankPeople } from './ranking.ts';
import { explain } from './reasons.ts';
import { rounded } from './rounded.ts';
import { type Change, type ChangesFound, smallestChanges } from './smallest-changes.ts';
import { tell } from './tell.ts';

export type ExplainContext = RankingContext & Context<'candidates' | 'standings'>;

/** Changed questions that are asked at most, and for how many milliseconds. */
const mostTrials = 24;
const mostTrialsMs = 8_000;

/**
 * Why somebody is, or is not, among the first `limit` of an answer: the rank, or the filters that leave them out, where they stand
 * in each leg however far behind, what they lack, and the smallest changes of the question that would bring them in.
 * @throws Problem `candidate.not_found`, and whatever `rankPeople` throws
 */
export async function explainPerson(ctx: ExplainContext, candidateId: CandidateId, asked: HybridQuery) {
  const question = { ...asked, offset: 0 };
  const filtered = await ctx.standings.filtered(candidateId);
  if (!filtered) throw new Problem('candidate.not_found');
  const ranking = await rankPeople(ctx, question);
  const [failedNames, standing, { candidates, documents }] = await Promise.all([
    ctx.standings.failed(candidateId, ranking.filters),
    standingIn(ctx, ranking, candidateId),
    ctx.candidates.findWithDocuments([candidateId]),
  ]);
  const profile = candidates.get(candidateId)?.profile;
  if (!profile || !standing) throw new Problem('candidate.not_found');
  const { rank, facts, scored, legs } = standing;
  const failed = failedFilters(ranking.recognizer, question.filters ?? { unknown: 'include' }, failedNames, filtered);
  const person = { profile, facts, documents: documents.get(candidateId) ?? [] };
  const isShown = rank !== null && rank <= question.limit;
  const until = performance.now() + mostTrialsMs;
  const nothing: ChangesFound = { changes: [], trials: 0, complete: true };
  const { changes, trials, complete } = isShown
    ? nothing
    : await smallestChanges({
        ...{ question, rank, mostTrials, necessary: necessaryEdits(failed) },
        possible: possibleEdits(ranking.asked, facts),
        rankIn: async (changed) => rankOf(await rankPeople(ctx, changed), candidateId),
        isTimeUp: () => performance.now() > until || ctx.signal.aborted,
      });
  return {
    candidateId,
    verdict: isShown ? 'shown' : rank !== null ? 'beyondLimit' : failed.length > 0 ? 'filteredOut' : 'outsidePool',
    rank,
    limit: question.limit,
    total: ranking.people.length,
    failedFilters: failed.map(({ filter, asked: wanted, has }) => ({ filter, asked: wanted, has })),
    legs,
    score: rounded(scored.score),
    signals: tellSignals(scored),
    ...explain(ranking.recognizer, ranking.asked, ranking.adjacent, person, question.locale),
    understood: tell(ranking.asked, question.query),
    degraded: ranking.degraded,
    changes: changes.map(tellChange),
    tried: { questions: trials, all: complete },
  } as const;
}

const largestPage = 200;

/** A change as parts of a question that can be sent: whoever stands behind the largest page is on the one after. */
const tellChange = ({ edits, question: { filters, corrections, limit }, rank }: Change) => ({
  edits: edits.map(({ kind, subject }) => ({ kind, subject })),
  question: {
    ...(filters && { filters }),
    ...(corrections && { corrections }),
    limit: Math.min(largestPage, limit),
    offset: Math.max(0, rank - largestPage),
  },
  rank,
});

const rankOf = ({ people }: Ranking, id: CandidateId): number | null =>
  people.findIndex(({ candidateId }) => candidateId === id) + 1 || null;

type Standing = { readonly state: 'ranked' | 'nothingShared' | 'notAsked' } & {
  readonly [Part in keyof Place]: Place[Part] | null;
};

/** Where somebody stands: as the ranking has it where it has them, and else by counting who is better. */
async function standingIn(ctx: ExplainContext, ranking: Ranking, id: CandidateId) {
  const { vector, terms, weighed, filters } = ranking;
  const rank = rankOf(ranking, id);
  const ranked = rank === null ? undefined : ranking.people[rank - 1];
  const [[member], byVector, byTerms] = await Promise.all([
    ranked ? [] : ctx.retrieval.poolOf([id], { vector, weighed }),
    ranked?.legs['vector'] ?? (vector && ctx.standings.byVector(id, vector, filters)),
    ranked?.legs['lexical'] ?? (terms && ctx.standings.byTerms(id, terms, filters)),
  ]);
  const facts = ranked?.facts ?? member?.facts;
  const scored = ranked ?? (member && ranking.scoreOf(member));
  if (!facts || !scored) return null;
  return { rank, facts, scored, legs: { vector: told(byVector), lexical: told(byTerms), reach: poolSize } };
}

function told(place: Place | null | undefined): Standing {
  if (place) return { state: 'ranked', rank: place.rank, score: rounded(place.score) };
  return { state: place === null ? 'nothingShared' : 'notAsked', rank: null, score: null };
}
