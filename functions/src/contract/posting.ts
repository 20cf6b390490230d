import { z } from 'zod';
import { CountryCode, Seniority } from './candidate.ts';
import { text } from './text.ts';

/** Rows one import may hold. */
export const mostPostings = 2_000;
/** The reference that every tenant reads is what the operators' own tenant holds; this many sources at most are told. */
export const mostSources = 50;

const largestCount = 1_000_000;
const Count = z
  .int('must be a whole number')
  .min(0, 'must not be negative')
  .max(largestCount, `must be at most ${largestCount}`);
const SkillId = text(1, 96);

/** A country, `BR`, or one of its subdivisions, `BR-SP` (ISO 3166). */
export const RegionCode = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'must be a country or subdivision such as BR or BR-SP');

/**
 * One row of an import, as it may be written: an advertisement (`title`, `text`, `skills`...), or how many open vacancies were
 * counted for one `skill` on a day (`skill` and `count`). Text and title are read once; of the title the words are kept that our taxonomy has.
 */
export const PostingRow = z
  .strictObject({
    /** `2023-12-13`, or with a time behind it. */
    postedAt: z
      .string()
      .trim()
      .regex(/^\d{4}-\d{2}-\d{2}($|[T ])/, 'must be a date such as 2023-12-13')
      .transform((value) => value.slice(0, 10))
      .pipe(z.iso.date('must be a day of the calendar such as 2023-12-13')),
    /** Where it was found: a site, a file. */
    source: text(1, 60),
    title: text(1, 300).optional(),
    text: text(1, 20_000).optional(),
    /** Names as the source writes them; what the taxonomy does not know is left out and told. */
    skills: z.array(text(1, 300)).max(300).optional(),
    preferredSkills: z.array(text(1, 300)).max(300).optional(),
    /** Ids of the taxonomy; one that it does not have is an error. */
    skillIds: z.array(SkillId).max(100).optional(),
    /** Name or id of the one skill that `count` is about. */
    skill: text(1, 120).optional(),
    /** Vacancies counted for `skill`, or how many advertisements alike the row stands for. */
    count: Count.optional(),
    /** A Brazilian state, a place we know, or a code such as `BR-SP`; `remote` is no region. */
    region: text(1, 160).optional(),
    country: CountryCode.optional(),
    industry: text(1, 120).optional(),
    seniority: Seniority.optional(),
    /** The source's own id, to tell two advertisements apart that say the same. */
    externalId: text(1, 200).optional(),
  })
  .superRefine((row, issue) => {
    const complain = (path: string, message: string) => issue.addIssue({ code: 'custom', path: [path], message });
    const described = ['title', 'text', 'skills', 'preferredSkills', 'skillIds'] as const;
    const given = described.filter((field) => row[field] !== undefined);
    if (row.skill === undefined) {
      if (given.length === 0) complain('title', 'give title, text or skills, or a skill with its count');
      if (row.count === 0) complain('count', 'must be at least 1, for an advertisement is at least one');
      return;
    }
    if (row.count === undefined) complain('count', 'must say how many vacancies were counted for the skill');
    if (row.seniority !== undefined) complain('seniority', 'is not kept for counts; leave it out');
    for (const field of given) complain(field, 'goes with an advertisement, not with a counted skill; leave one out');
  });
export type PostingRow = z.output<typeof PostingRow>;

/** What advertisements and counts have in common; an empty text is unknown. */
interface MarketFacts {
  readonly contentHash: string;
  readonly source: string;
  readonly country: string;
  readonly region: string;
  readonly industry: string;
}

/** What is kept of an advertisement. No skill is both required and preferred. */
export interface PostingFacts extends MarketFacts {
  readonly postedOn: string;
  /** Its words that our taxonomy has, in their order; empty for none. */
  readonly title: string;
  readonly seniority: string;
  readonly ads: number;
  readonly required: readonly string[];
  readonly preferred: readonly string[];
  readonly occupations: readonly string[];
  /** Fewest years of experience asked for. */
  readonly years: number | null;
}

export interface ObservationFacts extends MarketFacts {
  readonly skillId: string;
  readonly observedOn: string;
  readonly vacancies: number;
}

/** `posted`: advertisements by the week they appeared in. `observed`: open vacancies as somebody counted them. */
export const measures = ['posted', 'observed'] as const;
export type Measure = (typeof measures)[number];
