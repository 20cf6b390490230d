import type { Embedder } from '../../contract/embedding.ts';
import type { Lexicon } from '../../contract/lexicon.ts';
import { conceptsIn } from '../text/concepts.ts';
import { recognizerOf } from '../text/recognizer.ts';
import { type ClusterQuality, clusterQuality } from './cluster-quality.ts';
import { cosineDistances } from './cosine-distances.ts';
import type { DistinctTitle } from './distinct-titles.ts';
import { type Cluster, type ClusterOptions, narrowClusters } from './narrow-clusters.ts';

export interface TitleClusters {
  /** Positions in the titles given; the cluster with the most uses first. */
  readonly clusters: readonly Cluster[];
  readonly quality: ClusterQuality;
}

/** Clusters titles of one category by what the model says they mean: the reading, and the occupations recognised in it as it was written. */
export async function clusterTitles(
  { embedder, lexicon }: { readonly embedder: Embedder; readonly lexicon: Lexicon },
  titles: readonly DistinctTitle[],
  options: ClusterOptions,
): Promise<TitleClusters> {
  const recognizer = recognizerOf(lexicon);
  const inputs = titles.map(({ reading, written }) => ({
    text: reading,
    concepts: conceptsIn(recognizer, written[0] ?? reading),
  }));
  const distances = cosineDistances(await embedder.embed(inputs, 'document'));
  const categories = titles.map(({ category }) => category);
  const weights = titles.map(({ uses }) => uses);
  const usesOf = ({ members }: Cluster) => members.reduce((sum, one) => sum + (weights[one] ?? 0), 0);
  const clusters = narrowClusters(distances, weights, categories, options).sort(
    (a, b) => usesOf(b) - usesOf(a) || a.medoid - b.medoid,
  );
  return { clusters, quality: clusterQuality(clusters, categories, distances) };
}
