import type { EnrichedClaims } from '../../functions/src/contract/enriched-profile.ts';
import { nameKey } from '../../functions/src/domain/text/tokens.ts';
import { rounded } from '../lib/figures.ts';

/** What is held against the truth, each as keys: equal keys are the same answer. Absent means that the truth does not tell. */
export interface Answers {
  readonly titles?: readonly string[];
  readonly companies?: readonly string[];
  /** Start and end, or `now`. */
  readonly dates?: readonly string[];
  /** Title, company and dates of one job, all right. */
  readonly jobs?: readonly string[];
  readonly skills?: readonly string[];
  readonly education?: readonly string[];
  readonly languages?: readonly string[];
}
export const facets = ['titles', 'companies', 'dates', 'jobs', 'skills', 'education', 'languages'] as const;
export type Facet = (typeof facets)[number];

export interface Tally {
  found: number;
  right: number;
  wanted: number;
}
export type Tallies = Record<Facet, Tally>;

export const jobKey = (title: string, company: string | null, dates: string) =>
  `${nameKey(title)}|${nameKey(company ?? '')}|${dates}`;
export const datesKey = (start: string | null, end: string | null, current: boolean | null) =>
  `${start ?? '?'}|${current ? 'now' : (end ?? '?')}`;

export function answersOf(claims: EnrichedClaims): Required<Answers> {
  const { jobs } = claims;
  return {
    titles: jobs.map(({ title }) => nameKey(title)),
    companies: jobs.flatMap(({ company }) => (company === null ? [] : [nameKey(company)])),
    dates: jobs
      .filter(({ start, end }) => start !== null || end !== null)
      .map(({ start, end, current }) => datesKey(start, end, current)),
    jobs: jobs.map(({ title, company, start, end, current }) => jobKey(title, company, datesKey(start, end, current))),
    skills: claims.skills.flatMap(({ skillId, basis }) => (skillId !== null && basis === 'explicit' ? [skillId] : [])),
    education: claims.education.map(({ level, institution }) => `${level}|${nameKey(institution ?? '')}`),
    languages: claims.languages.map(({ code, level }) => `${code}|${level}`),
  };
}

export const noTallies = (): Tallies =>
  Object.fromEntries(facets.map((facet) => [facet, { found: 0, right: 0, wanted: 0 }])) as Tallies;

/** Adds one resume: each answer of the truth can be found once. */
export function count(tallies: Tallies, truth: Answers, answers: Required<Answers>): void {
  for (const facet of facets) {
    const wanted = truth[facet];
    if (!wanted) continue;
    const left = [...wanted];
    const tally = tallies[facet];
    tally.wanted += wanted.length;
    tally.found += answers[facet].length;
    for (const answer of answers[facet]) {
      const at = left.indexOf(answer);
      if (at < 0) continue;
      left.splice(at, 1);
      tally.right++;
    }
  }
}

/** Shares 0..1; null where nothing was wanted. */
export function measuresOf({ found, right, wanted }: Tally): { precision: number; recall: number; f1: number } | null {
  if (wanted === 0) return null;
  const [precision, recall] = [found === 0 ? 0 : right / found, right / wanted];
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision: rounded(precision, 3), recall: rounded(recall, 3), f1: rounded(f1, 3) };
}
