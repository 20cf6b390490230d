import type { Locale } from '../eco/occupations.ts';

export interface TitleParameters {
  /** DBSCAN: how near neighbours are, in cosine distance, at most. */
  readonly eps: number;
  /** DBSCAN: how many uses a title and its neighbours need. */
  readonly minSamples: number;
  /** How far from its representative a title of a cluster may be. */
  readonly radius: number;
  readonly minUses: number;
  /** The commonest titles that are clustered: time and memory grow with their square. */
  readonly mostTitles: number;
  readonly locale: Locale;
  /** The occupations of which country's classifications. */
  readonly country: string;
}

/**
 * Chosen for the local model (static-2, 128 dimensions) on the demo's titles and the taxonomy's own, by B-cubed precision and recall
 * (docs/titles.md); another model has other distances.
 */
export const defaultParameters: TitleParameters = {
  eps: 0.25,
  minSamples: 5,
  radius: 0.22,
  minUses: 2,
  mostTitles: 2_000,
  locale: 'pt-BR',
  country: 'BR',
};
