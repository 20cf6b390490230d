import type { Distances } from './cosine-distances.ts';

export interface Density {
  /** How near a neighbour is, at most. */
  readonly eps: number;
  /** The weight of an item and its neighbours together from which on it makes a cluster. */
  readonly minSamples: number;
}

/**
 * DBSCAN (Ester, Kriegel, Sander and Xu 1996) over these members, each counting as often as its weight says: clusters in the
 * order of their first member, each ascending; members that are of none are noise and left out. The same input gives the same
 * clusters; a member within reach of two belongs to the first. Takes time quadratic in the number of members.
 */
export function dbscan(
  members: readonly number[],
  distances: Distances,
  weights: readonly number[],
  { eps, minSamples }: Density,
): number[][] {
  const neighbours = (of: number) => members.filter((other) => distances.between(of, other) <= eps);
  const isCore = (near: readonly number[]) => near.reduce((sum, one) => sum + (weights[one] ?? 0), 0) >= minSamples;
  const taken = new Set<number>();
  const clusters: number[][] = [];
  for (const seed of members) {
    if (taken.has(seed) || !isCore(neighbours(seed))) continue;
    const cluster = [seed];
    taken.add(seed);
    // Grows while it is walked.
    for (const member of cluster) {
      const near = neighbours(member);
      if (!isCore(near)) continue;
      for (const one of near) {
        if (taken.has(one)) continue;
        taken.add(one);
        cluster.push(one);
      }
    }
    clusters.push(cluster.sort((a, b) => a - b));
  }
  return clusters;
}
