import { z } from 'zod';
import { Seniority, WorkMode } from '../../contract/candidate.ts';
import { jobFunctions } from '../../contract/lexicon.ts';

const Quote = z.strictObject({
  text: z.string(),
  source: z.union([z.strictObject({ field: z.string() }), z.strictObject({ documentId: z.string() })]),
  start: z.int().min(0),
  end: z.int().min(0),
});

const requirementKinds = ['place', 'language', 'years', 'workMode'] as const;

/** Why a candidate is in the answer; the quote is theirs, and `start`..`end` is where it stands in its source. */
export const Reason = z.strictObject({
  kind: z.enum(['skill', 'transferableSkill', 'title', 'seniority', ...requirementKinds]),
  subject: z.string(),
  text: z.string(),
  quote: Quote.optional(),
});

export const Gap = z.strictObject({
  kind: z.enum(['skill', 'seniority', ...requirementKinds]),
  subject: z.string(),
  state: z.enum(['unmet', 'unknown']),
  text: z.string(),
});

/** What the query was taken to mean, so that a recruiter can correct it. */
export const Understanding = z.strictObject({
  skills: z.array(
    z.strictObject({
      anyOf: z.array(z.strictObject({ id: z.string(), label: z.string() })),
      importance: z.enum(['required', 'preferred']),
    }),
  ),
  titles: z.array(z.strictObject({ id: z.string(), label: z.string(), isco: z.string().optional() })),
  functions: z.array(z.enum(jobFunctions)),
  seniority: z.array(Seniority),
  years: z.strictObject({ min: z.number().optional(), max: z.number().optional() }),
  places: z.array(z.strictObject({ name: z.string(), keys: z.array(z.string()) })),
  languages: z.array(z.strictObject({ code: z.string(), level: z.enum(['B2', 'C1', 'native']).optional() })),
  workModes: z.array(WorkMode),
});
