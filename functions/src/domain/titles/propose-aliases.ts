import { mostAliasesOfCluster, type ProposedEntry } from '../../contract/title-proposal.ts';
import { nameKey } from '../text/tokens.ts';
import { aliasConfidence, reviewBelow } from './alias-confidence.ts';
import type { ClusterOccupation, TitleMeaning } from './cluster-occupation.ts';
import type { DistinctTitle } from './distinct-titles.ts';
import { trustOf } from './source-trust.ts';
import { editRatio, tokenOverlap } from './title-likeness.ts';

export interface ClusteredTitle extends DistinctTitle {
  readonly meaning: TitleMeaning;
  readonly silhouette: number | null;
}

export interface TitleCluster {
  /** From 1. */
  readonly cluster: number;
  readonly representative: ClusteredTitle;
  readonly titles: readonly ClusteredTitle[];
  readonly occupation: ClusterOccupation | null;
}

/** What a reviewer rejected, that it may be known again: the occupation, or none, and the words of the name. */
export const rejectionKey = (alias: string, ecoId: string | null): string => `${ecoId ?? ''} ${nameKey(alias)}`;

/**
 * The titles of a cluster that name no occupation yet, as names of the cluster's; the surest first, at most 20. Words are compared
 * with the nearest of the representative and the names that the occupation has.
 */
export function proposeAliases(
  { cluster, representative, titles, occupation }: TitleCluster,
  tfIdf: (title: string) => number,
  now: Date,
): Extract<ProposedEntry, { kind: 'alias' }>[] {
  const clusterUses = titles.reduce((sum, { uses }) => sum + uses, 0);
  return titles
    .filter(({ meaning, text }) => meaning.names.length === 0 && text.length >= 2 && text.length <= 120)
    .map((title) => {
      const others = title === representative ? [] : [representative.text];
      const names = [...others, ...namesOf(title, occupation)];
      const nearest = (likeness: (a: string, b: string) => number) =>
        Math.max(0, ...names.map((name) => likeness(title.text, name)));
      const parts = {
        tfIdf: tfIdf(title.reading),
        trust: title.sources.reduce((sum, { source, uses }) => sum + trustOf(source) * uses, 0) / title.uses,
        editRatio: nearest(editRatio),
        tokenOverlap: nearest(tokenOverlap),
        uses: title.uses,
        sources: title.sources.length,
        months: monthsSince(title.lastOn, now),
      };
      const silhouette = title.silhouette ?? 0;
      const { confidence, interval } = aliasConfidence({
        ...parts,
        clusterUses,
        clusterTitles: titles.length,
        silhouette,
      });
      return {
        kind: 'alias' as const,
        cluster,
        ecoId: occupation?.ecoId ?? null,
        confidence,
        content: {
          alias: title.text,
          interval,
          needsReview: confidence < reviewBelow,
          parts: {
            ...parts,
            tfIdf: rounded(parts.tfIdf),
            trust: rounded(parts.trust),
            editRatio: rounded(parts.editRatio),
            tokenOverlap: rounded(parts.tokenOverlap),
          },
        },
      };
    })
    .sort((a, b) => b.confidence - a.confidence || (a.content.alias < b.content.alias ? -1 : 1))
    .slice(0, mostAliasesOfCluster)
    .map((entry, i) => ({ ...entry, entryId: `c${cluster}.a${i + 1}` }));
}

/** The occupation's name, and the one of its names that is nearest to the title. */
function namesOf({ meaning }: ClusteredTitle, occupation: ClusterOccupation | null): string[] {
  if (!occupation) return [];
  const nearest = meaning.occupations.find(({ ecoId }) => ecoId === occupation.ecoId);
  return [occupation.title, ...(nearest ? [nearest.matched.text] : [])];
}

const monthMs = (365.25 / 12) * 86_400_000;
const monthsSince = (day: string, now: Date) =>
  Math.round(Math.max(0, now.getTime() - Date.parse(day)) / (monthMs / 10)) / 10;

const rounded = (value: number) => Math.round(value * 1e3) / 1e3;
