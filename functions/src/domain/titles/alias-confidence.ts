import { certainty } from '../msgs/template-confidence.ts';
import { type Interval, wilsonInterval } from './wilson-interval.ts';

/** What speaks for a title being another name of its cluster's occupation; likenesses and trust 0..1. */
export interface AliasEvidence {
  readonly tfIdf: number;
  /** Of the sources it was found in, by uses. */
  readonly trust: number;
  readonly editRatio: number;
  readonly tokenOverlap: number;
  readonly uses: number;
  /** Of the whole cluster, and by how many titles. */
  readonly clusterUses: number;
  readonly clusterTitles: number;
  /** Distinct sources it was found in. */
  readonly sources: number;
  /** Since it was last found. */
  readonly months: number;
  /** -1..1; 0 where it has none. */
  readonly silhouette: number;
}

export interface AliasConfidence {
  /** 0..1, to three digits. */
  readonly confidence: number;
  /** Wilson's, 95 %: the confidence taken as a share of the uses. */
  readonly interval: Interval;
}

/** Below this somebody has to look twice. */
export const reviewBelow = 0.45;
/** What is a month older counts exp(-.04) as much. */
export const decayPerMonth = 0.04;

/**
 * The earlier system's formula: words = .35 tf-idf + .20 trust + .20 edit ratio + .15 token overlap + .10 smoothed share (Laplace:
 * one more use of each title of the cluster); blended with volume, u / (u + 10), which weighs .2, or .3 from two sources on, times
 * a consistency of .5 to 1 (.5 + half the silhouette, where that is above 0); times exp(-.04 months).
 */
export function aliasConfidence(of: AliasEvidence): AliasConfidence {
  const smoothed = (of.uses + 1) / (of.clusterUses + of.clusterTitles);
  const words = 0.35 * of.tfIdf + 0.2 * of.trust + 0.2 * of.editRatio + 0.15 * of.tokenOverlap + 0.1 * smoothed;
  const volumeWeight = of.sources > 1 ? 0.3 : 0.2;
  const consistency = 0.5 + 0.5 * Math.max(0, of.silhouette);
  const blended = (1 - volumeWeight) * words + volumeWeight * certainty(of.uses) * consistency;
  const confidence = Math.min(1, blended * Math.exp(-decayPerMonth * of.months));
  const { low, high } = wilsonInterval(confidence, of.uses);
  return { confidence: rounded(confidence), interval: { low: rounded(low), high: rounded(high) } };
}

const rounded = (value: number) => Math.round(value * 1e3) / 1e3;
