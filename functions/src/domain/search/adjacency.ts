import { setTimeout } from 'node:timers/promises';
import { Problem } from '../../contract/errors.ts';
import type { Recognizer } from '../text/recognizer.ts';

/** A skill that makes somebody ready for another, and how far, 0..1. */
export interface Adjacent {
  readonly id: string;
  readonly weight: number;
  /** What advertisements say of the two, where it is they that say so. */
  readonly market?: MarketEvidence;
}

/** Of `outOf` advertisements that name the asked skill, from the first of these days to the last, so many name both. */
export interface MarketEvidence {
  readonly together: number;
  readonly outOf: number;
  readonly from: string;
  readonly to: string;
}

/** What stands close to a skill, in any order; empty when nothing is known. */
export type Adjacency = (skillId: string) => readonly Adjacent[];

/** What a source knew, and as of when. */
export interface Widening {
  readonly adjacent: Adjacency;
  /** When advertisements were counted, and whether none came or went since; null when none say anything of what was asked. */
  readonly market: { readonly countedAt: string; readonly isCurrent: boolean } | null;
}

/** Where adjacency comes from beside the lexicon: market data, for instance. Asked once a search for all asked skills. */
export interface AdjacencySource {
  adjacentTo(skillIds: readonly string[]): Promise<Widening>;
}

/** The lexicon's own pairs. */
export const lexiconAdjacency =
  (recognizer: Recognizer): Adjacency =>
  (skillId) =>
    [...recognizer.transfersTo(skillId)].map(([id, weight]) => ({ id, weight }));

/** Of each the one with the higher weight, the earlier source's when they are equal: a source can only widen what another knows. */
export const widest =
  (...sources: readonly Adjacency[]): Adjacency =>
  (skillId) => {
    const best = new Map<string, Adjacent>();
    for (const one of sources.flatMap((adjacent) => adjacent(skillId))) {
      const weight = Math.min(1, Math.max(0, one.weight));
      const known = best.get(one.id);
      if (!known || weight > known.weight) best.set(one.id, { ...one, weight });
    }
    return [...best.values()];
  };

/** Milliseconds that a search waits for what only widens it, once everything else is there. */
const graceMs = 1_000;

/** What `widening` comes to, unless it is late when the others are done. @throws Problem `database.unavailable` when it is late */
export async function notLongAfter<T>(others: Promise<unknown>, widening: Promise<T>): Promise<T> {
  const over = new AbortController();
  const late = others.then(async () => {
    await setTimeout(graceMs, undefined, { signal: over.signal });
    throw new Problem('database.unavailable');
  });
  try {
    return await Promise.race([widening, late]);
  } finally {
    over.abort();
  }
}
