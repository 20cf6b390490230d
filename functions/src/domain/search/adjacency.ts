import type { Recognizer } from '../text/recognizer.ts';

/** A skill that makes somebody ready for another, and how far, 0..1. */
export interface Adjacent {
  readonly id: string;
  readonly weight: number;
}

/** What stands close to a skill, in any order; empty when nothing is known. */
export type Adjacency = (skillId: string) => readonly Adjacent[];

/** Where adjacency comes from beside the lexicon: market data, for instance. Asked once a search for all asked skills. */
export interface AdjacencySource {
  adjacentTo(skillIds: readonly string[]): Promise<Adjacency>;
}

/** The lexicon's own pairs. */
export const lexiconAdjacency =
  (recognizer: Recognizer): Adjacency =>
  (skillId) =>
    [...recognizer.transfersTo(skillId)].map(([id, weight]) => ({ id, weight }));

/** The higher weight of any: a source can only widen what another knows. */
export const widest =
  (...sources: readonly Adjacency[]): Adjacency =>
  (skillId) => {
    const weights = new Map<string, number>();
    for (const { id, weight } of sources.flatMap((adjacent) => adjacent(skillId)))
      weights.set(id, Math.max(Math.min(1, Math.max(0, weight)), weights.get(id) ?? 0));
    return [...weights].map(([id, weight]) => ({ id, weight }));
  };
