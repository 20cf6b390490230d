import { z } from 'zod';
import { Seniority, WorkMode } from '../../contract/candidate.ts';
import { DecisionId } from '../../contract/decision.ts';
import { jobFunctions } from '../../contract/lexicon.ts';
import { Quote } from '../../contract/quote.ts';
import { signalNames } from '../../contract/signal.ts';

/** The record of an answer. */
export const RecordedAs = DecisionId.nullable().meta({
  description: 'For `decisions.get` and `decisions.replay`; null when the ranking could not be recorded.',
});
export const exampleDecision = 'dc_Zm9vYmFyYmF6cXV4MTIzNA' as DecisionId;

const LegRank = z.strictObject({ rank: z.int().min(1), score: z.number() });
/** Null where a leg did not return the candidate. */
export const Legs = z.strictObject({ vector: LegRank.nullable(), lexical: LegRank.nullable() });

export const Signal = z.strictObject({
  name: z.enum(signalNames),
  value: z.number().min(0).max(1),
  weight: z.number().min(0).max(1),
});

const requirementKinds = ['place', 'language', 'years', 'workMode'] as const;

/** Why a candidate is in the answer; the quote is theirs, and `start`..`end` is where it stands in its source. */
export const Reason = z.strictObject({
  kind: z.enum(['skill', 'transferableSkill', 'adjacentSkill', 'title', 'seniority', ...requirementKinds]),
  subject: z.string(),
  text: z.string(),
  quote: Quote.optional(),
  market: z
    .strictObject({
      skillId: z.string(),
      together: z.int().min(5),
      outOf: z.int().min(5),
      from: z.iso.date(),
      to: z.iso.date(),
    })
    .optional()
    .meta({
      description:
        'Of `adjacentSkill`: the skill that the candidate has, and that `together` of `outOf` advertisements that name the asked skill name both.',
    }),
});

export const Gap = z.strictObject({
  kind: z.enum(['skill', 'seniority', ...requirementKinds]),
  subject: z.string(),
  state: z.enum(['unmet', 'unknown']),
  text: z.string(),
});

const At = z
  .strictObject({ field: z.enum(['query', 'jobDescription']), start: z.int().min(0), end: z.int().min(0) })
  .optional()
  .meta({ description: 'Where it was read, in UTF-16 units of the trimmed text; absent of what a correction put in.' });

const AskedSkill = z.strictObject({ id: z.string(), label: z.string(), at: At });
const Importance = z.enum(['required', 'preferred']);

/** What the query was taken to mean, so that a recruiter can correct it: see `corrections`. */
export const Understanding = z.strictObject({
  skills: z
    .array(z.strictObject({ anyOf: z.array(AskedSkill), importance: Importance }))
    .meta({ description: 'One entry asks for one of `anyOf`.' }),
  ignored: z.array(AskedSkill.extend({ because: z.enum(['negated', 'offer', 'correction']) })).meta({
    description: 'Read, but said not to be needed, part of what the company offers or is, or put out by a correction.',
  }),
  titles: z.array(z.strictObject({ id: z.string(), label: z.string(), isco: z.string().optional(), at: At })),
  functions: z.array(z.enum(jobFunctions)),
  seniority: z.array(Seniority),
  years: z.strictObject({ min: z.number().optional(), max: z.number().optional() }),
  places: z.array(z.strictObject({ name: z.string(), keys: z.array(z.string()) })),
  languages: z
    .array(
      z.strictObject({
        anyOf: z.array(z.strictObject({ code: z.string(), level: z.enum(['B2', 'C1', 'native']).optional() })),
        importance: Importance,
      }),
    )
    .meta({ description: 'One entry asks for one of `anyOf`.' }),
  workModes: z.array(WorkMode),
  words: z.array(z.string()).max(50).meta({ description: 'What was not recognised and is searched for as words.' }),
});
