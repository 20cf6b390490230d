import { z } from 'zod';
import { LanguageCode, Seniority, YearMonth, Years } from './candidate.ts';
import { EcoId } from './ids.ts';
import { jobFunctions } from './lexicon.ts';
import { Quote } from './quote.ts';
import { text } from './text.ts';

/** Raised when the shape below changes; profiles of another version are made anew and never read. */
export const enrichedProfileVersion = 1;

const Confidence = z.number().min(0).max(1);

/** Something said of a person, and the words of theirs that it rests on: at least one quote. */
const claim = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject({ ...shape, confidence: Confidence, evidence: z.array(Quote).min(1).max(5) });

/** What is not sure about a job's dates: `end_missing` is an unclosed job that nothing calls current. */
export const DateDoubt = z.enum(['start_missing', 'end_missing', 'year_only', 'order_reversed', 'in_future']);

/** A time in months; `min` counts only what is certain, `max` also what is possible. */
const Months = z.strictObject({ min: z.int().min(0).max(960), max: z.int().min(0).max(960) });

export const Job = claim({
  title: text(1, 200),
  /** The occupation the title names, if the taxonomy has it. */
  ecoId: EcoId.nullable(),
  company: text(1, 200).nullable(),
  start: YearMonth.nullable(),
  end: YearMonth.nullable(),
  /** Null where nothing tells. */
  current: z.boolean().nullable(),
  months: Months,
  doubts: z.array(DateDoubt).max(5),
});

export const ClaimedSkill = claim({
  /** Of the lexicon; null for a skill it does not know. */
  skillId: z.string().max(100).nullable(),
  name: text(1, 120),
  /** `explicit` is named in the quote; `inferred` follows from what the quote tells. */
  basis: z.enum(['explicit', 'inferred']),
  /** Why it follows; of inferred skills only. */
  because: text(1, 300).nullable(),
  /** Last year in which a dated job used it; null when none did, 9999 while a current one does. */
  lastUsed: z.int().min(1950).max(9_999).nullable(),
});

export const degreeLevels = [
  'secondary',
  'technical',
  'technologist',
  'bachelor',
  'postgraduate',
  'mba',
  'master',
  'doctorate',
  'course',
] as const;

export const Study = claim({
  institution: text(1, 200).nullable(),
  degree: text(1, 200).nullable(),
  level: z.enum(degreeLevels).nullable(),
  field: text(1, 200).nullable(),
  start: YearMonth.nullable(),
  end: YearMonth.nullable(),
  /** Null where nothing tells. */
  completed: z.boolean().nullable(),
});

export const companyTiers = ['global', 'national', 'startup', 'public', 'consultancy'] as const;

/** What somebody reading carefully can say of a person, each claim with its words; a list is empty and a value null when nothing is said. */
export const EnrichedClaims = z.strictObject({
  personal: z.strictObject({
    name: claim({ value: text(1, 200) }).nullable(),
    headline: claim({ value: text(1, 300) }).nullable(),
    city: claim({ value: text(1, 120) }).nullable(),
    region: claim({ value: text(1, 120) }).nullable(),
    country: claim({ value: z.string().regex(/^[A-Z]{2}$/) }).nullable(),
  }),
  /** Newest first; undated last. */
  jobs: z.array(Job).max(60),
  skills: z.array(ClaimedSkill).max(200),
  education: z.array(Study).max(20),
  certifications: z.array(claim({ name: text(1, 200), year: z.int().min(1950).max(2100).nullable() })).max(50),
  languages: z
    .array(claim({ code: LanguageCode, level: z.enum(['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native']).nullable() }))
    .max(20),
  seniority: claim({ value: Seniority }).nullable(),
  functions: z.array(claim({ name: z.enum(jobFunctions) })).max(5),
  leadership: claim({
    leadsPeople: z.boolean(),
    /** The largest team that is told of, in people. */
    teamSize: z.int().min(1).max(100_000).nullable(),
  }).nullable(),
  achievements: z.array(claim({ text: text(1, 400) })).max(20),
  companies: z.array(claim({ name: text(1, 200), tier: z.enum(companyTiers) })).max(60),
  /** What the person says of moving, travelling and working at a distance. */
  mobility: z.array(claim({ kind: z.enum(['relocation', 'travel', 'remote', 'hybrid', 'onsite', 'visa']) })).max(10),
  /** What the person says of pay, in their own words. */
  compensation: z.array(claim({ text: text(1, 200) })).max(5),
  /** What the person says of how they like to work. */
  culture: z.array(claim({ text: text(1, 300) })).max(10),
  /** Sentences of the person's own where the analyst is `local`; else written, and each quote is what it rests on. */
  summary: z.strictObject({ text: text(1, 1_500), evidence: z.array(Quote).min(1).max(10) }).nullable(),
});
export type EnrichedClaims = z.output<typeof EnrichedClaims>;

/** Something a reader should know before trusting what is said; `document` ones name the document they are about. */
export const ProfileFlag = z.strictObject({
  code: z.enum(['dates.contradict', 'dates.overlap', 'text.hidden', 'text.instructions', 'text.short']),
  documentId: z.string().max(64).nullable(),
});

/** Who made it, from what, at what price. */
export const Provenance = z.strictObject({
  provider: z.enum(['local', 'gemini', 'together']),
  model: z.string().max(100),
  promptVersion: z.string().max(40),
  /** sha256 of the profile and documents that were read: `contentHash` of the candidate at that time. */
  contentHash: z.string().max(64),
  analyzedAt: z.iso.datetime(),
  /** Millionths of a US dollar. */
  costMicros: z.int().min(0),
});

/** The one profile that enrichment makes. Every quote was read again in its source before it was kept. */
export const EnrichedProfile = EnrichedClaims.extend({
  version: z.literal(enrichedProfileVersion),
  /** Total of the dated jobs, overlaps counted once. */
  experience: z.strictObject({ years: z.strictObject({ min: Years, max: Years }) }),
  flags: z.array(ProfileFlag).max(50),
  /** How far the whole may be trusted: the mean confidence of its claims, times the share of claims whose quotes were found. */
  analysisConfidence: Confidence,
  /** Claims that were dropped because their words were not in the source. */
  unsupported: z.int().min(0),
  provenance: Provenance,
});
export type EnrichedProfile = z.output<typeof EnrichedProfile>;
