import type { z } from 'zod';
import type { Seniority } from '../../functions/src/contract/candidate.ts';
import type { Lexicon } from '../../functions/src/contract/lexicon.ts';
import type { PostingRow } from '../../functions/src/contract/posting.ts';
import { careers } from './careers/index.ts';
import { titleOf } from './history.ts';
import { homes } from './names.ts';
import { Random } from './random.ts';
import { Wording } from './wording.ts';

/** Days that the advertisements are spread over. */
const span = 140;
/** Work that is asked for more from week to week; the rest is asked for evenly. */
const growing: ReadonlySet<string> = new Set(['backend', 'data-engineer', 'devops', 'nurse']);

const levels = [
  { level: 'junior', years: 1, weight: 25 },
  { level: 'mid', years: 3, weight: 40 },
  { level: 'senior', years: 5, weight: 35 },
] as const satisfies readonly { level: Seniority; years: number; weight: number }[];

/** Invented advertisements of a tenant's market, in the 20 weeks up to a day; the same for the same tenant, count and day. */
export function postings(tenant: string, count: number, until: string, lexicon: Lexicon): z.input<typeof PostingRow>[] {
  const wording = new Wording(lexicon);
  const random = new Random(`postings of ${tenant}`);
  return Array.from({ length: count }, (_, i) => {
    const back = random.int(0, span - 1);
    const { career } = random.weighted(
      careers.map((one) => ({ career: one, weight: one.weight * (growing.has(one.id) ? 2 - (2 * back) / span : 1) })),
    );
    const lang = random.chance(0.75) ? 'pt' : 'en';
    const { level, years } = random.weighted(levels);
    // Of two draws the earlier, so that some ways of doing the same work are commoner than others.
    const last = career.stacks.length - 1;
    const stack = career.stacks[Math.min(random.int(0, last), random.int(0, last))] ?? [];
    const named = (skills: readonly string[]) => skills.map((skill) => wording.skill(skill, lang));
    const required = random.sample(stack, random.int(3, 5));
    return {
      postedAt: new Date(Date.parse(until) - back * 86_400_000).toISOString().slice(0, 10),
      source: random.chance(0.6) ? 'demo-portal' : 'demo-site',
      title: titleOf(career, level, lang, random.chance(0.5)),
      skills: named(required),
      preferredSkills: named(random.sample(career.basics, 2).filter((skill) => !required.includes(skill))),
      country: 'BR',
      region: `BR-${random.weighted(homes.pt).region}`,
      industry: random.pick(career.industries),
      seniority: level,
      text: lang === 'pt' ? `Experiência mínima de ${years} anos.` : `At least ${years} years of experience required.`,
      externalId: `${tenant}-${i + 1}`,
    };
  });
}
