import type { Distances } from './cosine-distances.ts';
import { type Density, dbscan } from './dbscan.ts';

export interface ClusterOptions extends Density {
  /** How far from its medoid a member may be. */
  readonly radius: number;
}

export interface Cluster {
  /** Ascending. */
  readonly members: readonly number[];
  /** The member nearest to all others. */
  readonly medoid: number;
}

const tightening = 0.8;
const leastEps = 0.01;

/**
 * Clusters of DBSCAN within each category. Where titles form a chain, such as all developers of all languages, DBSCAN gives one
 * cluster for all of it: whichever reaches further than `radius` from its medoid is clustered anew with .8 of its eps, and so on.
 */
export function narrowClusters(
  distances: Distances,
  weights: readonly number[],
  categories: readonly string[],
  options: ClusterOptions,
): Cluster[] {
  const narrow = (members: readonly number[], eps: number): Cluster[] =>
    dbscan(members, distances, weights, { ...options, eps }).flatMap((found) => {
      const medoid = medoidOf(found, distances, weights);
      const reach = Math.max(...found.map((one) => distances.between(medoid, one)));
      return reach > options.radius && eps > leastEps ? narrow(found, eps * tightening) : [{ members: found, medoid }];
    });
  return [...new Set(categories)].sort().flatMap((category) =>
    narrow(
      [...categories.keys()].filter((i) => categories[i] === category),
      options.eps,
    ),
  );
}

/** The member with the smallest weighted sum of distances to the others; of equals the first. */
function medoidOf(members: readonly number[], distances: Distances, weights: readonly number[]): number {
  const sums = members.map((one) =>
    members.reduce((sum, other) => sum + (weights[other] ?? 0) * distances.between(one, other), 0),
  );
  return members[sums.indexOf(Math.min(...sums))] ?? 0;
}
