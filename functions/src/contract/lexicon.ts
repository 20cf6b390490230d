import type { Seniority } from './candidate.ts';

/** Areas of knowledge a skill belongs to. Closed: `functions/test/platform/lexicon.test.ts` holds the artifact to it. */
export const skillFamilies = [
  'language',
  'framework',
  'database',
  'cloud',
  'devops',
  'data',
  'ml',
  'mobile',
  'security',
  'design',
  'office',
  'erp',
  'method',
  'finance',
  'hr',
  'sales',
  'marketing',
  'legal',
  'health',
  'engineering',
  'logistics',
  'education',
  'hospitality',
  'soft',
  'tool',
] as const;
export type SkillFamily = (typeof skillFamilies)[number];

/** What a job is for, whatever its level. Closed. */
export const jobFunctions = [
  'engineering',
  'data',
  'product',
  'design',
  'it-operations',
  'security',
  'finance',
  'hr',
  'sales',
  'marketing',
  'customer-service',
  'operations',
  'logistics',
  'legal',
  'health',
  'education',
  'administration',
  'construction',
  'manufacturing',
  'hospitality',
  'retail',
  'science',
  'agriculture',
  'public-safety',
  'media',
  'executive',
  'other',
] as const;
export type JobFunction = (typeof jobFunctions)[number];

/**
 * A skill and every way it is written, safe as a word-bounded match in running text: fold case and accents, treat a hyphen
 * as a space, prefer the longest name, and let no letter, digit or any of `+ # $ &` touch either end (`R$ 5`, `P&D`, `C++`).
 */
export interface LexiconSkill {
  /** Kebab slug, unique: `node-js`, `c-plus-plus`, `folha-de-pagamento`. */
  readonly id: string;
  /** The usual English (or proper) name, as it is displayed. */
  readonly label: string;
  /** The Brazilian Portuguese name, when it differs. */
  readonly labelPt?: string;
  /** Marked so in the sources: a name that is the same in Portuguese (`SAP`, `Java`, `firewall`). */
  readonly properName?: true;
  /** Other ways to write it, pt and en mixed; never repeats `label` or `labelPt`. Match without regard to case and accents. */
  readonly aliases: readonly string[];
  /** Spellings (of label or aliases) that are ordinary words too (`Go`, `R`, `Excel`): case and context tell, see `NameContext`. */
  readonly caseSensitive?: readonly string[];
  readonly family: SkillFamily;
  /** O*NET marks it as asked for in many postings. */
  readonly hot?: true;
  /** What the public lists call it: ESCO by the last part of the URI, O*NET by the technology example, GitHub by the topic. */
  readonly sources?: { readonly [List in 'esco' | 'onet' | 'github']?: readonly string[] };
}

/**
 * What tells the skill from the everyday word of the same spelling (`Go`, `C`, `Access`); all words folded, `#` for any number.
 * How evidence is counted: `domain/text/name-context.ts`.
 */
export interface NameContext {
  /** As in `caseSensitive`. */
  readonly names: readonly string[];
  /** Evidence asked for: 1; 2 where the word is much more common than the skill; 3 where the word alone never is it (`chef`). */
  readonly needs: 1 | 2 | 3;
  /** Directly after or before one of these it is something else: `vitamina C`, `Go to`. */
  readonly notAfter: readonly string[];
  readonly notBefore: readonly string[];
  /** Words of the same sentence that speak for the skill, or against it. */
  readonly cues: readonly string[];
  readonly against: readonly string[];
}

/** Someone who knows `from` is, with `weight` 0..1, ready for `to`. Directed: the way back is its own row, if any. */
export interface SkillTransfer {
  readonly from: string;
  readonly to: string;
  readonly weight: number;
}

/** An occupation; the first label of each language is the preferred one. */
export interface LexiconTitle {
  /** `own:data-engineer` (titles of today's market), `cbo:2124-05`, `esco:<last part of the URI>` or `onet:15-1252.00`. */
  readonly id: string;
  readonly labels: { readonly pt?: readonly string[]; readonly en?: readonly string[] };
  /** ISCO-08 unit group (four digits), where the source gives it. */
  readonly isco?: string;
  readonly function: JobFunction;
}

/** A word of a title or query that tells a rung of the ladder; `pl` and `sr` are tokens, never substrings. */
export interface SeniorityTerm {
  readonly term: string;
  readonly level: Seniority;
  readonly lang: 'pt' | 'en';
}

export interface LexiconPlace {
  /** The name as it is displayed: `São Paulo`. */
  readonly name: string;
  /** Two-letter codes (`SE`, `PA`, `UK`) are words too: match those with case. */
  readonly aliases: readonly string[];
  readonly kind: 'city' | 'region' | 'country';
  /** UF for Brazil, state or province code elsewhere when it matters. */
  readonly region?: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
}

export interface LexiconLanguage {
  /** ISO 639-1. */
  readonly code: string;
  /** pt and en names, unaccented forms left to the reader's folding. */
  readonly names: readonly string[];
}

export interface LexiconIndustry {
  readonly id: string;
  readonly pt: string;
  readonly en: string;
  readonly aliases: readonly string[];
}

/** Everything `platform/lexicon.ts` opens: read-only, shared by every caller in the process. */
export interface Lexicon {
  /** First 16 hex digits of the sha256 of the content: changes when, and only when, the content does. */
  readonly version: string;
  readonly skills: readonly LexiconSkill[];
  readonly contexts: readonly NameContext[];
  /** Words that announce the name of a skill (`experiência com`), or follow one (`developer`); folded. */
  readonly cues: { readonly before: readonly string[]; readonly after: readonly string[] };
  readonly transfer: readonly SkillTransfer[];
  readonly titles: readonly LexiconTitle[];
  readonly seniority: readonly SeniorityTerm[];
  readonly places: readonly LexiconPlace[];
  readonly languages: readonly LexiconLanguage[];
  readonly industries: readonly LexiconIndustry[];
}
