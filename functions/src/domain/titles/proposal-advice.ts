const leastSilhouette = 0.3;
const leastAliasConfidence = 0.6;

/** What a reviewer, or who runs the clustering, should know of how it went; empty when it went well. */
export function proposalAdvice({
  silhouette,
  aliasConfidence,
  leftOut,
}: {
  readonly silhouette: number | null;
  readonly aliasConfidence: number | null;
  /** Clusters beyond those that a proposal holds. */
  readonly leftOut: number;
}): string[] {
  const advice: string[] = [];
  if (silhouette !== null && silhouette < leastSilhouette)
    advice.push(
      `Silhouette ${silhouette} is below ${leastSilhouette}: clusters run into each other. Try a smaller eps or radius.`,
    );
  if (aliasConfidence !== null && aliasConfidence < leastAliasConfidence)
    advice.push(
      `Mean confidence of names ${aliasConfidence} is below ${leastAliasConfidence}: look at each name before it is published.`,
    );
  if (leftOut > 0)
    advice.push(
      `${leftOut} clusters with fewer uses were left out: publish what is here, or take a larger minUses or minSamples.`,
    );
  return advice;
}
