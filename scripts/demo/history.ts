import type { CandidateProfile, Seniority } from '../../functions/src/contract/candidate.ts';
import type { Career } from './careers/career.ts';
import { careerById } from './careers/index.ts';
import { companyNames } from './names.ts';
import type { Random } from './random.ts';
import { capitalised, fill, type Lang, type Wording } from './wording.ts';

export type Experience = CandidateProfile['experience'];

export interface History {
  /** Latest job first, as resumes are written. */
  readonly experience: Experience;
  /** Labels of the lexicon with the months each was used. */
  readonly used: ReadonlyMap<string, number>;
  readonly title: string;
  readonly level: Seniority;
  readonly months: number;
}

/** "Today" of the demo, in months since year 0: fixed, so that the people do not age between runs. */
export const now = 2026 * 12 + 8;

const written = (month: number): string => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;

/** Rung of the ladder after so many months of work. */
export function levelAfter(months: number): Seniority {
  if (months < 10) return 'intern';
  if (months < 30) return 'junior';
  if (months < 66) return 'mid';
  if (months < 150) return 'senior';
  return 'staff';
}

/** "Data engineer" after another word, but "SAP consultant" as it is. */
const lowered = (title: string): string =>
  /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;

export function titleOf(career: Career, level: Seniority, lang: Lang, feminine: boolean): string {
  const form = feminine ? 0 : 1;
  if (level === 'manager' && career.lead !== undefined) return lang === 'en' ? career.lead.en : career.lead.pt[form];
  const base = lang === 'en' ? career.en : career.pt[form];
  if (career.unranked === true) return base;
  switch (level) {
    case 'intern':
      return lang === 'en' ? `${base} intern` : `Estágio em ${career.fields.pt}`;
    case 'junior':
      return lang === 'en' ? `Junior ${lowered(base)}` : `${base} júnior`;
    case 'mid':
      return lang === 'en' ? base : `${base} ${feminine ? 'plena' : 'pleno'}`;
    case 'senior':
      return lang === 'en' ? `Senior ${lowered(base)}` : `${base} sênior`;
    default:
      return lang === 'en' ? `Staff ${lowered(base)}` : `${base} especialista`;
  }
}

/** Dates as people give them: usually month and year, sometimes a year, sometimes nothing, now and then never closed. */
function dates(
  start: number,
  end: number,
  latest: boolean,
  random: Random,
): Pick<Experience[number], 'start' | 'end' | 'current'> {
  if (random.chance(0.05)) return {};
  const yearOnly = random.chance(0.12);
  const from = yearOnly ? written(start).slice(0, 4) : written(start);
  if (latest && end >= now) return { start: from, current: true };
  if (random.chance(0.05)) return { start: from };
  return { start: from, end: yearOnly ? written(end).slice(0, 4) : written(end) };
}

/**
 * A career of about `months` months up to now: jobs of one line of work, the early ones sometimes of a neighbouring one.
 * @param stack skills the latest job must show, or none for a random one
 */
export function history(
  career: Career,
  months: number,
  stack: readonly string[] | undefined,
  leads: boolean,
  lang: Lang,
  feminine: boolean,
  wording: Wording,
  random: Random,
): History {
  const jobs: Experience = [];
  const used = new Map<string, number>();
  const main = stack ?? random.pick(career.stacks);
  const companies = random.sample(companyNames.first, 8);
  let left = months;
  let end = random.chance(0.78) ? now : now - random.int(1, 9);
  let title = '';
  let level: Seniority = levelAfter(months);
  for (let index = 0; index < 6 && left > 4; index += 1) {
    const length = index < 5 ? Math.min(left, random.int(9, 54)) : left;
    const earlier = index > 0 && left < months * 0.5 && random.chance(0.3);
    const work = earlier ? careerById(random.pick(career.neighbours)) : career;
    const held: Seniority = index === 0 && leads ? 'manager' : levelAfter(left - Math.min(length, 18) / 2);
    const known = work === career ? main : random.pick(work.stacks);
    // The first three of a stack are what the work is about: only they fit into sentences.
    const core = known.slice(0, 3);
    const others = random.sample([...known.slice(3), ...random.sample(work.basics, 2)], random.int(1, 4));
    const skills = new Set([...core, ...others]);
    for (const skill of skills) used.set(skill, (used.get(skill) ?? 0) + length);
    const words = core.map((skill) => wording.skill(skill, lang));
    const sentences = random
      .sample(lang === 'pt' ? work.didPt : work.didEn, random.int(2, 3))
      .map((template) => capitalised(fill(template, words, random)));
    const rest = [...skills].slice(3).map((skill) => wording.skill(skill, lang));
    if (rest.length > 1) sentences.push(`${lang === 'pt' ? 'No dia a dia' : 'Day to day'}: ${rest.join(', ')}.`);
    const heldTitle = titleOf(work, held, lang, feminine);
    if (index === 0) [title, level] = [heldTitle, held];
    jobs.push({
      title: heldTitle,
      ...(random.chance(0.95)
        ? { company: `${companies[index] ?? 'Aurora'} ${random.pick(companyNames.second[lang])}` }
        : {}),
      ...dates(end - length, end, index === 0, random),
      description: sentences.join(' '),
    });
    left -= length;
    end -= length + (random.chance(0.25) ? random.int(2, 11) : 0);
  }
  return { experience: jobs, used, title, level, months };
}
