import type { DemoCandidate } from '../demo/people.ts';

export interface BenchQuery {
  readonly query: string;
  readonly filters?: Readonly<Record<string, unknown>>;
}

/** Distinct questions made of what the pool holds: a title, two skills and sometimes a city; every second one filtered. */
export function benchQueries(people: readonly DemoCandidate[], count: number): BenchQuery[] {
  const asked = new Map<string, BenchQuery>();
  // A fixed stride, prime to most pool sizes, visits people far apart and the same ones on every run.
  for (let i = 0, at = 0; asked.size < count && i < people.length * 50; i++, at = (at + 7_919) % people.length) {
    const profile = people[at]?.profile;
    const [first, second, third] = profile?.skills ?? [];
    if (!profile?.title || !first || !second) continue;
    const words = [profile.title, i % 3 === 0 && third ? third.name : first.name, second.name];
    if (i % 4 === 1 && profile.location?.city) words.push(profile.location.city);
    const query = `${words[0]} com ${words.slice(1).join(' e ')}`;
    if (!asked.has(query))
      asked.set(query, asked.size % 2 === 0 ? { query } : { query, filters: filtersFrom(profile, asked.size) });
  }
  return [...asked.values()];
}

function filtersFrom(profile: DemoCandidate['profile'], i: number): Record<string, unknown> {
  const { location, skills, yearsExperience } = profile;
  const kinds: Record<string, unknown>[] = [
    { skills: skills.slice(0, 1).map(({ name }) => name) },
    { minExperienceYears: Math.max(0, (yearsExperience ?? 5) - 2) },
    { ...(location?.region && location.country === 'BR' ? { locations: [location.region] } : { countries: ['BR'] }) },
    { languages: ['en'], unknown: 'exclude', minExperienceYears: 3 },
    { skills: skills.slice(0, 2).map(({ name }) => name), ...(location?.country && { countries: [location.country] }) },
  ];
  return kinds[Math.floor(i / 2) % kinds.length] ?? {};
}
