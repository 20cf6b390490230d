import { z } from 'zod';
import type { Caller } from '../context.ts';
import type { LegRank } from '../domain/search/fuse.ts';
import type { HybridQuery } from '../domain/search/ranking.ts';
import type { ToldUnderstanding } from '../domain/search/tell.ts';
import type { ModelLabel } from './embedding.ts';
import type { CandidateId } from './ids.ts';
import type { SignalName, Signals } from './signal.ts';

/** A ranking that was answered, and its record. */
export const DecisionId = z
  .string()
  .regex(/^[A-Za-z0-9_-]{3,64}$/, 'must be 3 to 64 letters, digits, "_" or "-"')
  .brand<'DecisionId'>();
export type DecisionId = z.infer<typeof DecisionId>;

/** The endpoints that rank. */
export const decisionKinds = ['search.hybrid', 'search.candidates'] as const;
export type DecisionKind = (typeof decisionKinds)[number];

/** What a ranking was computed by; two with the same of these over the same people and market are the same. */
export interface RankingVersions {
  /** The revision of the deployed code. */
  readonly code: string;
  readonly embedder: ModelLabel;
  /** Null when the embedder was away. */
  readonly embedderVersion: string | null;
  readonly lexicon: string;
  readonly derivation: number;
  /** When the advertisements were counted that say which skills go together; null when they said nothing of the asked ones. */
  readonly marketCountedAt: string | null;
}

/** One person as they were ranked. */
export interface RankedPerson {
  readonly candidateId: CandidateId;
  readonly revision: number;
  /** The first 16 hexadecimal digits of the profile's content hash. */
  readonly content: string;
  readonly legs: { readonly vector: LegRank | null; readonly lexical: LegRank | null };
  /** 0..1, to six decimals. */
  readonly score: number;
  /** Each 0..1, to four decimals. */
  readonly signals: Signals;
}

/** What a ranking was, whole: enough to compute it again and compare. */
export interface RankingRecord {
  readonly understood: ToldUnderstanding;
  readonly versions: RankingVersions;
  /** Before they are renormalised over the signals that a person has. */
  readonly weights: Readonly<Record<SignalName, number>>;
  readonly degraded: readonly string[];
  /** sha256 over ids and contents of the people, in the order of ids. */
  readonly setHash: string;
  /** The whole pool in its order, at most 300. */
  readonly people: readonly RankedPerson[];
}

export interface Decision extends RankingRecord {
  readonly decisionId: DecisionId;
  readonly kind: DecisionKind;
  readonly actorKind: Caller['kind'];
  readonly actor: string;
  readonly requestId: string;
  /** The moment that the signals of time were computed for. */
  readonly madeAt: Date;
  readonly question: HybridQuery;
}
