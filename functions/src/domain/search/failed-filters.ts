import { seniorityLadder } from '../../contract/candidate.ts';
import type { FilterName, Standings } from '../../stores/standings.ts';
import { industryKey, skillKey } from '../candidates/keys.ts';
import type { Recognizer } from '../text/recognizer.ts';
import type { Filters } from './filters.ts';

export type Filtered = NonNullable<Awaited<ReturnType<Standings['filtered']>>>;

/** A filter by the name that a caller knows it by. */
export type AskedFilter = Exclude<keyof Filters, 'unknown'>;

/** A filter that leaves somebody out: what it asks, and what of that kind is known of them; `has` is empty when nothing is. */
export interface FailedFilter {
  readonly filter: AskedFilter;
  readonly asked: readonly string[];
  readonly has: readonly string[];
  /** The filters with this one widened just so far that the person passes it. */
  readonly loosened: Filters;
  /** What that widening is, in a word: a value let in, a value taken back, the filter left out, or the unknown let in. */
  readonly by: 'widened' | 'dropped' | 'unknownIncluded';
}

const askedNames: Readonly<Record<FilterName, AskedFilter>> = {
  ...{ skills: 'skills', locations: 'locations', countries: 'countries', industries: 'industries' },
  ...{ languages: 'languages', metadata: 'metadata', seniorityRanks: 'seniorityLevels' },
  ...{ minYears: 'minExperienceYears', maxYears: 'maxExperienceYears' },
};

/** The filters that the database says leave somebody out, each with what would let them in. */
export function failedFilters(
  recognizer: Recognizer,
  filters: Filters,
  failed: readonly FilterName[],
  person: Filtered,
): FailedFilter[] {
  return failed.map((name) => {
    const filter = askedNames[name];
    const { has, keep } = knownOf(recognizer, filters, filter, person);
    const told = { filter, asked: textsOf(filters[filter]), has };
    if (has.length === 0 && isOftenOmitted.has(filter))
      return { ...told, by: 'unknownIncluded', loosened: { ...filters, unknown: 'include' } };
    if (keep !== undefined) return { ...told, by: 'widened', loosened: { ...filters, [filter]: keep } };
    const { [filter]: _, ...others } = filters;
    return { ...told, by: 'dropped', loosened: others };
  });
}

// What `unknown` speaks of.
const isOftenOmitted = new Set<AskedFilter>([
  'countries',
  'seniorityLevels',
  'minExperienceYears',
  'maxExperienceYears',
]);

const textsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : [typeof value === 'object' ? JSON.stringify(value) : String(value)];

/** What is known of a person that the filter speaks of, and the nearest value of the filter that they pass, if one is left. */
function knownOf(
  recognizer: Recognizer,
  filters: Filters,
  filter: AskedFilter,
  person: Filtered,
): { has: readonly string[]; keep: Filters[AskedFilter] } {
  const those = (all: readonly string[] = [], isTheirs: (one: string) => boolean) => {
    const has = all.filter(isTheirs);
    return { has, keep: has.length > 0 ? has : undefined };
  };
  const years = person.yearsExperience;
  const level = person.seniorityRank === null ? undefined : seniorityLadder[person.seniorityRank];
  switch (filter) {
    case 'skills':
      return those(filters.skills, (name) => person.skillKeys.includes(skillKey(recognizer, name)));
    case 'languages':
      return { ...those(filters.languages, (code) => person.languageKeys.includes(code)), has: person.languageKeys };
    case 'minExperienceYears':
    case 'maxExperienceYears':
      return years === null ? { has: [], keep: undefined } : { has: [String(years)], keep: years };
    case 'seniorityLevels':
      return level ? { has: [level], keep: [...(filters.seniorityLevels ?? []), level] } : { has: [], keep: undefined };
    case 'countries': {
      const { country } = person;
      const asked = filters.countries ?? [];
      if (country === null) return { has: [], keep: undefined };
      return { has: [country], keep: asked.length < 50 ? [...asked, country] : undefined };
    }
    case 'locations':
      return { has: person.placeKeys, keep: undefined };
    case 'industries':
      return { has: person.industryKeys.map((key) => industryKey(recognizer, key)), keep: undefined };
    case 'metadata': {
      const asked = Object.keys(filters.metadata ?? {}).filter((key) => Object.hasOwn(person.metadata, key));
      return {
        has: asked.map((key) => `${key}: ${JSON.stringify(person.metadata[key])}`),
        keep: undefined,
      };
    }
  }
}
