import type { Seniority } from './candidate.ts';

/**
 * The taxonomy that ships in `functions/data/taxonomy`: occupations of ESCO, O*NET, CBO and of today's Brazilian job
 * market, skills, and how they hang together. Parts refer to occupations and skills by their position in their lists.
 */

/** Where an occupation comes from; also how its id begins. `own` are titles of Brazilian adverts no classification has yet. */
export const taxonomySystems = ['cbo', 'esco', 'onet', 'own'] as const;
export type TaxonomySystem = (typeof taxonomySystems)[number];

/** `pt` is European Portuguese, as ESCO writes it. */
export const taxonomyLanguages = ['pt-BR', 'pt', 'en', 'es'] as const;
export type TaxonomyLanguage = (typeof taxonomyLanguages)[number];

export type InLanguages<Value> = Readonly<Partial<Record<TaxonomyLanguage, Value>>>;

export interface TaxonomyOccupation {
  /** `cbo:2124-05`, `esco:<uuid>`, `onet:15-1252.00` or `own:backend-engineer`. */
  readonly id: string;
  readonly system: TaxonomySystem;
  /** The group it belongs to: four digits of ISCO-08 (`esco`, `own`), a CBO family (`cbo`), six digits of SOC such as `15-1252` (`onet`). */
  readonly group: string;
  /** The code by which the source prints it; ESCO only. */
  readonly code?: string;
  /**
   * Titles, the preferred one first; no language is there without one. ESCO has none in Brazilian Portuguese: its `pt-BR` is
   * its `pt` put through `scripts/taxonomy/bridge.tsv`, and most of it is the same.
   */
  readonly labels: InLanguages<readonly string[]>;
}

/** What an occupation is, in words. */
export interface TaxonomyDescription {
  readonly occupation: number;
  readonly text: InLanguages<string>;
}

export type TaxonomySkillType = 'skill' | 'knowledge' | 'language' | 'unknown';

export interface TaxonomySkill {
  /** `esco-skill:<uuid>`, or `esco-skill:<slug of the label>` where the source gives no URI. */
  readonly id: string;
  readonly type: TaxonomySkillType;
  /** Names, the preferred one first. */
  readonly labels: InLanguages<readonly string[]>;
}

export interface TaxonomySkillDescription {
  readonly skill: number;
  readonly text: InLanguages<string>;
}

/** The skills an ESCO occupation asks for; positions in `skills`, ascending. */
export interface TaxonomyRequirement {
  readonly occupation: number;
  readonly essential: readonly number[];
  readonly optional: readonly number[];
}

/** What people in an O*NET occupation do, in English sentences. */
export interface TaxonomyTasks {
  readonly occupation: number;
  readonly core: readonly string[];
  readonly supplemental: readonly string[];
}

export interface TaxonomyTechnology {
  readonly name: string;
  /** The UNSPSC commodity, such as `Data base management system software`. */
  readonly category: string;
  /** Whether job adverts in the United States often ask for it, by O*NET. */
  readonly hot: boolean;
  /** O*NET occupations that use it, ascending. */
  readonly occupations: readonly number[];
}

/** O*NET's related occupations, the nearest first; the first ten are its primary ones. */
export interface TaxonomyRelated {
  readonly occupation: number;
  readonly related: readonly number[];
}

/** A group of ISCO-08 (one to four digits), CBO 2002 (one to four) or SOC (six digits such as `15-1252`). */
export interface TaxonomyGroup {
  readonly scheme: 'isco' | 'cbo' | 'soc';
  readonly code: string;
  readonly labels: InLanguages<string>;
}

/** A technology topic of GitHub. */
export interface TaxonomyTopic {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** Ids of topics. */
  readonly related: readonly string[];
  readonly description: string;
}

/**
 * `official`: published by the classifications' owners; `curated`: written down by hand in this repository; `via-isco`: through
 * a common ISCO-08 group; `lexical`: by likeness of titles.
 */
export const crosswalkMethods = ['official', 'curated', 'via-isco', 'lexical'] as const;
export type CrosswalkMethod = (typeof crosswalkMethods)[number];

/** `broad`: `from` is the wider of the two; `narrow`: the narrower; `related`: they overlap, and nobody says how. */
export const crosswalkMatches = ['exact', 'close', 'broad', 'narrow', 'related'] as const;
export type CrosswalkMatch = (typeof crosswalkMatches)[number];

export interface TaxonomyLink {
  readonly from: number;
  readonly to: number;
  readonly match: CrosswalkMatch;
  readonly method: CrosswalkMethod;
  /** 0..1 */
  readonly confidence: number;
}

/** The ISCO-08 unit group of a CBO or O*NET occupation. */
export interface TaxonomyGroupLink {
  readonly occupation: number;
  /** Four digits. */
  readonly isco: string;
  readonly method: CrosswalkMethod;
  /** 0..1 */
  readonly confidence: number;
}

/** How people write titles beside what they mean by it, in adverts and resumes. */
export type TaxonomyTitleForm =
  /** `eng` for `engenheiro`; with a second meaning where it has one. */
  | { readonly kind: 'abbreviation'; readonly written: string; readonly meant: readonly string[] }
  /** A word that says how senior, and not what. */
  | { readonly kind: 'level'; readonly written: string; readonly level: Seniority }
  /** What is put behind a word for the other gender: `(a)`. */
  | { readonly kind: 'gender-mark'; readonly written: string }
  /** Words of an advert that belong to no title: `home office`. */
  | { readonly kind: 'noise'; readonly written: string };

/** The parts of the artifact, by name: what the rows of each are. */
export interface TaxonomyParts {
  readonly occupations: readonly TaxonomyOccupation[];
  readonly descriptions: readonly TaxonomyDescription[];
  readonly skills: readonly TaxonomySkill[];
  readonly 'skill-descriptions': readonly TaxonomySkillDescription[];
  readonly requirements: readonly TaxonomyRequirement[];
  readonly tasks: readonly TaxonomyTasks[];
  readonly technologies: readonly TaxonomyTechnology[];
  readonly related: readonly TaxonomyRelated[];
  readonly groups: readonly TaxonomyGroup[];
  readonly topics: readonly TaxonomyTopic[];
  readonly links: readonly TaxonomyLink[];
  readonly 'group-links': readonly TaxonomyGroupLink[];
  readonly 'title-forms': readonly TaxonomyTitleForm[];
}
export type TaxonomyPartName = keyof TaxonomyParts;

export interface TaxonomySource {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly usedFor: string;
}

/** What the artifact holds. The version follows from the content of all parts and from nothing else. */
export interface TaxonomyManifest {
  readonly version: string;
  readonly parts: Readonly<Record<TaxonomyPartName, { file: string; rows: number; bytes: number; sha256: string }>>;
  readonly sources: readonly TaxonomySource[];
}
