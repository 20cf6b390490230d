import type { CandidateProfile } from './candidate.ts';
import type { EmbeddingInput, ModelLabel } from './embedding.ts';
import type { CandidateId } from './ids.ts';
import type { JobFunction } from './lexicon.ts';

/** A bag of analysed words: ascending distinct 30-bit hashes, and a BM25F weight in 0..1 for each. */
export interface TermVector {
  readonly terms: readonly number[];
  readonly weights: readonly number[];
}

/** What ranking reads of a person, worked out once when they are written. Absent means unknown. */
export interface CandidateFacts {
  /** Of the derivation; facts of another version are derived anew. */
  readonly version: number;
  /** Position on the seniority ladder. */
  readonly seniorityRank?: number;
  readonly years?: number;
  /** Occupations recognised in titles, current first. */
  readonly titles: readonly { readonly id: string; readonly isco?: string; readonly current: boolean }[];
  readonly functions: readonly { readonly name: JobFunction; readonly current: boolean }[];
  /** Skill id -> last year of use, or null when no dated job mentions it. */
  readonly skills: Readonly<Record<string, number | null>>;
  readonly places: readonly string[];
  readonly country?: string;
  readonly workModes: readonly string[];
  readonly languages: Readonly<Record<string, string | null>>;
  readonly industries: readonly string[];
  /** Mean rungs climbed a year over the dated jobs; absent with fewer than two. */
  readonly climb?: number;
}

/** Columns that the filters of every search look at. */
export interface CandidateFilterColumns {
  readonly skillKeys: readonly string[];
  readonly placeKeys: readonly string[];
  readonly country: string | null;
  readonly industryKeys: readonly string[];
  readonly languageKeys: readonly string[];
  readonly seniorityRank: number | null;
  readonly yearsExperience: number | null;
}

/** Everything that follows from a profile and the texts of its documents. */
export interface DerivedCandidate {
  readonly facts: CandidateFacts;
  readonly columns: CandidateFilterColumns;
  readonly terms: TermVector;
  readonly embeddingInput: EmbeddingInput;
  /** sha256 over profile, document texts and derivation version: equal means nothing to write. */
  readonly contentHash: string;
}

export interface LabelledVector {
  readonly label: ModelLabel;
  readonly vector: Float32Array;
}

/** A candidate ready to be written, whole. */
export interface CandidateRecord extends Omit<DerivedCandidate, 'embeddingInput'> {
  readonly candidateId: CandidateId;
  readonly profile: CandidateProfile;
  readonly embedding: LabelledVector & { readonly version: string };
  /** What derived it, as `derivationOf` names it. */
  readonly derivation: string;
  /** What was read before deriving: the documents' ids, and the revision (0 for none) when the profile was taken from it. */
  readonly basedOn: { readonly documents: readonly string[]; readonly revision: number | undefined };
}
