import { z } from 'zod';
import { text } from './text.ts';

/** Career ladder, lowest first; `seniorityRank` is the position in it. */
export const seniorityLadder = [
  'intern',
  'junior',
  'mid',
  'senior',
  'staff',
  'principal',
  'manager',
  'director',
  'vp',
  'c-level',
] as const;
export const Seniority = z.enum(seniorityLadder);
export type Seniority = z.infer<typeof Seniority>;

/** Years to one decimal, 0 to 60. */
export const Years = z
  .number()
  .min(0)
  .max(60)
  .overwrite((years) => Math.round(years * 10) / 10);

/** `2021` or `2021-04`: resumes rarely know the day. */
export const YearMonth = z
  .string()
  .regex(/^(19|20)\d{2}(-(0[1-9]|1[0-2]))?$/, 'must be a year or year-month such as 2021-04');

/** ISO 3166-1 alpha-2, upper case. */
export const CountryCode = z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code such as BR');

/** ISO 639-1, lower case. */
export const LanguageCode = z.string().regex(/^[a-z]{2}$/, 'must be a two-letter language code such as pt');

export const WorkMode = z.enum(['onsite', 'hybrid', 'remote']);

const MetadataValue = z.union([text(0, 500), z.number(), z.boolean(), z.array(text(0, 200)).max(50)]);

/** Free facts of the tenant's own, filterable by containment. */
export const Metadata = z
  .record(
    z.string().regex(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, 'must be a letter, then letters, digits or "_"'),
    MetadataValue,
  )
  .refine((m) => Object.keys(m).length <= 50, 'holds more than 50 keys');

export type Metadata = z.output<typeof Metadata>;

/** What is known of a person. Absent means unknown, never "no". */
export const CandidateProfile = z.strictObject({
  fullName: text(1, 200),
  email: z.email().max(254).optional(),
  phone: text(5, 40).optional(),
  headline: text(1, 300).optional(),
  title: text(1, 200).optional(),
  summary: text(1, 8_000).optional(),
  location: z
    .strictObject({
      city: text(1, 120).optional(),
      region: text(1, 120).optional(),
      country: CountryCode.optional(),
    })
    .optional(),
  workModes: z.array(WorkMode).max(3).optional(),
  seniority: Seniority.optional(),
  yearsExperience: Years.optional(),
  skills: z
    .array(z.strictObject({ name: text(1, 120), years: Years.optional() }))
    .max(200)
    .default([]),
  languages: z
    .array(
      z.strictObject({ code: LanguageCode, level: z.enum(['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native']).optional() }),
    )
    .max(20)
    .default([]),
  industries: z.array(text(1, 120)).max(20).default([]),
  experience: z
    .array(
      z.strictObject({
        title: text(1, 200),
        company: text(1, 200).optional(),
        start: YearMonth.optional(),
        end: YearMonth.optional(),
        current: z.boolean().optional(),
        description: text(1, 6_000).optional(),
      }),
    )
    .max(60)
    .default([]),
  education: z
    .array(
      z.strictObject({
        institution: text(1, 200).optional(),
        degree: text(1, 200).optional(),
        field: text(1, 200).optional(),
        end: YearMonth.optional(),
      }),
    )
    .max(20)
    .default([]),
  certifications: z.array(text(1, 200)).max(50).default([]),
  links: z
    .array(z.url({ protocol: /^https?$/ }).max(500))
    .max(20)
    .default([]),
  metadata: Metadata.default({}),
});
export type CandidateProfile = z.output<typeof CandidateProfile>;
export type CandidateProfileInput = z.input<typeof CandidateProfile>;
