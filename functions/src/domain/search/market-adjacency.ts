import type { Context } from '../../context.ts';
import type { Neighbourhood, Neighbourhoods } from '../../stores/neighbourhoods.ts';
import { nearest } from '../msgs/nearest.ts';
import { leastSupport } from '../msgs/no-data.ts';
import type { AdjacencySource, Adjacent } from './adjacency.ts';

/** Below the .6 from which the lexicon's pairs are said to transfer: to be asked for together is less than to stand in. */
export const highestWeight = 0.5;

/** A search's context with the market as the source of what widens it. */
export const widenedByMarket = <C extends Context<'neighbourhoods'>>(
  ctx: C,
): C & { readonly adjacency: AdjacencySource } => ({
  ...ctx,
  adjacency: marketAdjacency(ctx.neighbourhoods),
});

/** The neighbourhoods of the asked skills as adjacency: those of `msgs.expand`, of 5 advertisements and 0.1 bit at least. */
export const marketAdjacency = (neighbourhoods: Neighbourhoods): AdjacencySource => ({
  async adjacentTo(skillIds) {
    if (skillIds.length === 0) return { adjacent: () => [], market: null };
    const { bySkill, countedAt, isCurrent } = await neighbourhoods.of(skillIds);
    const adjacent = new Map([...bySkill].map(([id, one]) => [id, adjacentIn(one)]));
    const isKnown = [...adjacent.values()].some((all) => all.length > 0);
    return {
      adjacent: (skillId) => adjacent.get(skillId) ?? [],
      market: isKnown && countedAt ? { countedAt: countedAt.toISOString(), isCurrent } : null,
    };
  },
});

function adjacentIn({ skillId, named, coverage: { ads, from, to }, skills }: Neighbourhood): Adjacent[] {
  if (from === null || to === null || named < leastSupport) return [];
  return nearest({ id: skillId, named, outOf: ads, end: to }, skills).map(({ id, score, joint }) => ({
    id,
    weight: marketWeight(score, joint, ads),
    market: { together: joint, outOf: named, from, to },
  }));
}

/**
 * PMI after decay over its highest value, -log2 p(both) (normalised PMI, Bouma 2009), times .5: .5 for two that are never
 * named apart and were just named together, towards 0 for two that are hardly nearer than chance.
 * @param score bits, above 0; @param joint advertisements that name both, @param ads out of so many
 */
export const marketWeight = (score: number, joint: number, ads: number): number =>
  highestWeight * Math.min(1, score / -Math.log2(joint / ads));
