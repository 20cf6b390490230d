import type { Seniority } from '../../contract/candidate.ts';
import type { JobFunction } from '../../contract/lexicon.ts';

/** UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Importance = 'required' | 'preferred';

export interface AskedSkill {
  readonly id: string;
  readonly label: string;
  /** Where it was read; absent of what the caller put in. */
  readonly at?: Span;
}

/** Why something that was read is not asked for: said not to be needed, part of what is offered, or put out by the caller. */
export type IgnoredBecause = 'negated' | 'offer' | 'correction';

/** What a query or a job description was taken to ask for. */
export interface Understanding {
  /** One entry asks for one of `anyOf`: "Java ou Kotlin" is one entry with two. */
  readonly skills: readonly { readonly anyOf: readonly AskedSkill[]; readonly importance: Importance }[];
  /** Skills that were read and are not asked for. */
  readonly ignored: readonly (AskedSkill & { readonly because: IgnoredBecause })[];
  readonly titles: readonly {
    readonly id: string;
    readonly label: string;
    readonly isco?: string;
    readonly at?: Span;
  }[];
  readonly functions: readonly JobFunction[];
  readonly seniority: readonly Seniority[];
  readonly years: { readonly min?: number; readonly max?: number };
  readonly places: readonly { readonly name: string; readonly keys: readonly string[] }[];
  /** One entry asks for one of `anyOf`. */
  readonly languages: readonly {
    readonly anyOf: readonly { readonly code: string; readonly level?: 'B2' | 'C1' | 'native' }[];
    readonly importance: Importance;
  }[];
  readonly workModes: readonly ('remote' | 'hybrid' | 'onsite')[];
  /** What is left to the words: in order, each once, at most 50. */
  readonly words: readonly string[];
}
