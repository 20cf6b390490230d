const leastSilhouette = 0.3;
const leastAliasConfidence = 0.6;

/** What a reviewer, or who runs the clustering, should know of how it went; empty when it went well. */
export function proposalAdvice({
  silhouette,
  aliasConfidence,
}: {
  readonly silhouette: number | null;
  readonly aliasConfidence: number | null;
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
  return advice;
}
