import { z } from 'zod';
import { LanguageCode, Seniority, YearMonth } from '../../../contract/candidate.ts';
import { companyTiers, degreeLevels } from '../../../contract/enriched-profile.ts';
import { jobFunctions } from '../../../contract/lexicon.ts';
import { text } from '../../../contract/text.ts';

const quotes = z
  .array(z.strictObject({ source: z.string().max(10), text: text(1, 600) }))
  .min(1)
  .max(4);
const said = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject({ ...shape, confidence: z.number().min(0).max(1), quotes });

/**
 * What a hosted model is asked to answer: the claims of an enriched profile without what is ours to work out (durations, doubts,
 * ids, spans), each with the words it rests on and the name of the text they stand in.
 */
export const ModelClaims = z.strictObject({
  headline: said({ value: text(1, 300) }).nullable(),
  city: said({ value: text(1, 120) }).nullable(),
  region: said({ value: text(1, 120) }).nullable(),
  country: said({ value: z.string().regex(/^[A-Z]{2}$/) }).nullable(),
  jobs: z
    .array(
      said({
        title: text(1, 200),
        company: text(1, 200).nullable(),
        start: YearMonth.nullable(),
        end: YearMonth.nullable(),
        current: z.boolean().nullable(),
      }),
    )
    .max(40),
  skills: z
    .array(said({ name: text(1, 120), basis: z.enum(['explicit', 'inferred']), because: text(1, 300).nullable() }))
    .max(120),
  education: z
    .array(
      said({
        institution: text(1, 200).nullable(),
        degree: text(1, 200).nullable(),
        level: z.enum(degreeLevels).nullable(),
        field: text(1, 200).nullable(),
        start: YearMonth.nullable(),
        end: YearMonth.nullable(),
        completed: z.boolean().nullable(),
      }),
    )
    .max(20),
  certifications: z.array(said({ name: text(1, 200), year: z.int().min(1950).max(2100).nullable() })).max(40),
  languages: z
    .array(said({ code: LanguageCode, level: z.enum(['A1', 'A2', 'B1', 'B2', 'C1', 'C2', 'native']).nullable() }))
    .max(20),
  seniority: said({ value: Seniority }).nullable(),
  functions: z.array(said({ name: z.enum(jobFunctions) })).max(5),
  leadership: said({ leadsPeople: z.boolean(), teamSize: z.int().min(1).max(100_000).nullable() }).nullable(),
  achievements: z.array(said({ text: text(1, 400) })).max(20),
  companies: z.array(said({ name: text(1, 200), tier: z.enum(companyTiers) })).max(40),
  mobility: z.array(said({ kind: z.enum(['relocation', 'travel', 'remote', 'hybrid', 'onsite', 'visa']) })).max(10),
  compensation: z.array(said({ text: text(1, 200) })).max(5),
  culture: z.array(said({ text: text(1, 300) })).max(10),
  summary: z.strictObject({ text: text(1, 1_500), quotes: quotes.max(8) }).nullable(),
});
export type ModelClaims = z.output<typeof ModelClaims>;
