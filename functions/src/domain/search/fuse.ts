import type { CandidateId } from '../../contract/ids.ts';

const k = 60;

export interface LegRank {
  /** From 1; equal scores share a rank, and the next rank counts them all (1, 2, 2, 4). */
  readonly rank: number;
  readonly score: number;
}

export interface Fused {
  readonly candidateId: CandidateId;
  readonly rrf: number;
  /** By leg name; absent where the leg did not return the candidate. */
  readonly legs: Readonly<Record<string, LegRank>>;
}

export type Leg = readonly { readonly candidateId: CandidateId; readonly score: number }[];

/** What somebody's ranks come to. */
export const rrfOf = (legs: Readonly<Record<string, LegRank>>): number =>
  Object.values(legs).reduce((sum, { rank }) => sum + 1 / (k + rank), 0);

/**
 * Reciprocal rank fusion: sum over legs of 1 / (60 + rank) (Cormack et al. 2009). Legs come best first. Highest sum first, ties by
 * id, so that the order depends on the legs alone.
 */
export function fuse(legs: Readonly<Record<string, Leg>>): Fused[] {
  const byCandidate = new Map<CandidateId, Record<string, LegRank>>();
  for (const [name, hits] of Object.entries(legs)) {
    let rank = 1;
    for (const [i, { candidateId, score }] of hits.entries()) {
      if (i > 0 && hits[i - 1]?.score !== score) rank = i + 1;
      const ranks = byCandidate.get(candidateId) ?? {};
      ranks[name] = { rank, score };
      byCandidate.set(candidateId, ranks);
    }
  }
  return [...byCandidate]
    .map(([candidateId, ranks]) => ({
      candidateId,
      rrf: rrfOf(ranks),
      legs: ranks,
    }))
    .sort((a, b) => b.rrf - a.rrf || (a.candidateId < b.candidateId ? -1 : 1));
}
