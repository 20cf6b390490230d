import { z } from 'zod';
import { CountryCode, LanguageCode, Metadata, Seniority, seniorityLadder, Years } from '../../contract/candidate.ts';
import { text } from '../../contract/text.ts';
import type { FilterKeys } from '../../stores/retrieval.ts';
import { industryKey, placeFilterKeys, skillKey } from '../candidates/keys.ts';
import type { Recognizer } from '../text/recognizer.ts';

/** Hard conditions: who fails one is not in the answer. All of them hold in SQL, before anything is ranked. */
export const Filters = z
  .strictObject({
    skills: z
      .array(text(1, 120))
      .max(50)
      .optional()
      .meta({ description: 'All of these, in any spelling the taxonomy knows.' }),
    locations: z
      .array(text(2, 120))
      .max(50)
      .optional()
      .meta({ description: 'Any of these cities, states or countries.' }),
    countries: z.array(CountryCode).max(50).optional().meta({ description: 'Any of these.' }),
    industries: z.array(text(1, 120)).max(20).optional().meta({ description: 'Any of these.' }),
    seniorityLevels: z.array(Seniority).max(20).optional().meta({ description: 'Any of these.' }),
    minExperienceYears: Years.optional(),
    maxExperienceYears: Years.optional(),
    languages: z.array(LanguageCode).max(10).optional().meta({ description: 'All of these.' }),
    metadata: Metadata.optional().meta({ description: 'Contained in the candidate’s metadata.' }),
    unknown: z
      .enum(['include', 'exclude'])
      .default('include')
      .meta({ description: 'Whether people whose years, seniority or country are unknown pass those filters.' }),
  })
  .refine((f) => (f.minExperienceYears ?? 0) <= (f.maxExperienceYears ?? 60), {
    path: ['minExperienceYears'],
    message: 'must not be above maxExperienceYears',
  });
export type Filters = z.output<typeof Filters>;

/** The filters in the keys that candidates are stored under; an empty list is no filter. */
export function filterKeysOf(recognizer: Recognizer, filters: Filters | undefined): FilterKeys {
  if (!filters) return {};
  const { minExperienceYears, maxExperienceYears, metadata } = filters;
  const lists = {
    skills: filters.skills?.map((name) => skillKey(recognizer, name)),
    locations: filters.locations?.flatMap((name) => placeFilterKeys(recognizer, name)),
    countries: filters.countries,
    industries: filters.industries?.map((name) => industryKey(recognizer, name)),
    languages: filters.languages,
    seniorityRanks: filters.seniorityLevels?.map((level) => seniorityLadder.indexOf(level)),
  };
  return {
    ...(Object.fromEntries(Object.entries(lists).filter(([, list]) => list && list.length > 0)) as Pick<
      FilterKeys,
      keyof typeof lists
    >),
    ...(minExperienceYears !== undefined && { minYears: minExperienceYears }),
    ...(maxExperienceYears !== undefined && { maxYears: maxExperienceYears }),
    ...(metadata && Object.keys(metadata).length > 0 && { metadata }),
    ...(filters.unknown === 'exclude' && { unknown: 'exclude' as const }),
  };
}
