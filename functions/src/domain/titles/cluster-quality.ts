import type { Distances } from './cosine-distances.ts';
import type { Cluster } from './narrow-clusters.ts';

export interface ClusterQuality {
  /** The mean silhouette of members that share a cluster, -1..1; null when none does, or there is one cluster alone. */
  readonly silhouette: number | null;
  /** Davies and Bouldin's index around medoids, from 0, smaller is better; null with fewer than two clusters. */
  readonly daviesBouldin: number | null;
  /** Each member's silhouette; absent for one that is alone in its cluster or category. */
  readonly byMember: ReadonlyMap<number, number>;
}

/**
 * How well clusters hold together and keep apart, each compared with those of its own category only. Silhouette (Rousseeuw
 * 1987): (b - a) / max(a, b), a being the mean distance to the others of its cluster, b to the members of the nearest other.
 */
export function clusterQuality(
  clusters: readonly Cluster[],
  categories: readonly string[],
  distances: Distances,
): ClusterQuality {
  const byMember = new Map<number, number>();
  const worst: number[] = [];
  for (const rivals of Map.groupBy(clusters, ({ medoid }) => categories[medoid]).values()) {
    if (rivals.length < 2) continue;
    for (const cluster of rivals) {
      const others = rivals.filter((one) => one !== cluster);
      worst.push(Math.max(...others.map((other) => overlap(cluster, other, distances))));
      if (cluster.members.length < 2) continue;
      for (const member of cluster.members) {
        const inside = meanDistance(
          member,
          cluster.members.filter((one) => one !== member),
          distances,
        );
        const outside = Math.min(...others.map(({ members }) => meanDistance(member, members, distances)));
        const larger = Math.max(inside, outside);
        byMember.set(member, larger === 0 ? 0 : (outside - inside) / larger);
      }
    }
  }
  return { silhouette: mean([...byMember.values()]), daviesBouldin: mean(worst), byMember };
}

/** (scatter + scatter) / distance of the two medoids. */
function overlap(one: Cluster, other: Cluster, distances: Distances): number {
  const scatter = ({ medoid, members }: Cluster) => meanDistance(medoid, members, distances);
  return (scatter(one) + scatter(other)) / Math.max(1e-9, distances.between(one.medoid, other.medoid));
}

const meanDistance = (from: number, to: readonly number[], distances: Distances): number =>
  to.reduce((sum, one) => sum + distances.between(from, one), 0) / to.length;

/** Null for nothing. */
export const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
