import type { CandidateProfile } from '../../functions/src/contract/candidate.ts';
import type { EnrichedClaims } from '../../functions/src/contract/enriched-profile.ts';
import type { Lexicon } from '../../functions/src/contract/lexicon.ts';
import { recognizerOf } from '../../functions/src/domain/text/recognizer.ts';
import { companyNames } from '../demo/names.ts';
import { person } from '../demo/person.ts';
import type { Random } from '../demo/random.ts';
import { capitalised, type Lang, type Wording } from '../demo/wording.ts';

type Level = EnrichedClaims['education'][number]['level'];

/** What a resume says, before it is laid out. */
export interface Person {
  readonly lang: Lang;
  readonly name: string;
  readonly city: string;
  readonly email: string;
  readonly headline: string;
  readonly summary: string;
  readonly jobs: readonly {
    readonly title: string;
    readonly company: string;
    readonly start: string;
    /** Null while it goes on. */
    readonly end: string | null;
    readonly did: readonly string[];
  }[];
  readonly skills: readonly { readonly id: string; readonly name: string }[];
  readonly study: {
    readonly level: Level;
    readonly degree: string;
    readonly field: string;
    readonly school: string;
    readonly end: string;
  };
  readonly languages: CandidateProfile['languages'];
}

const degrees: Readonly<Record<Lang, readonly (readonly [Level, string])[]>> = {
  pt: [
    ['bachelor', 'Bacharelado em'],
    ['bachelor', 'Graduação em'],
    ['technologist', 'Tecnólogo em'],
    ['postgraduate', 'Pós-graduação em'],
    ['mba', 'MBA em'],
    ['master', 'Mestrado em'],
    ['technical', 'Curso técnico em'],
  ],
  en: [
    ['bachelor', 'BSc in'],
    ['bachelor', 'Bachelor of Science in'],
    ['master', 'MSc in'],
    ['master', "Master's degree in"],
    ['mba', 'MBA in'],
    ['doctorate', 'PhD in'],
  ],
};

/** The demo's people; every second one with titles drawn from all that the lexicon has, so that no list of careers is learned. */
export function drawPerson(id: string, lang: Lang, random: Random, lexicon: Lexicon, wording: Wording): Person {
  const profile = person(id, { lang, years: [3, 15] }, wording);
  const recognizer = recognizerOf(lexicon);
  const drawn = random.chance(0.5);
  const titles = random.sample(
    lexicon.titles.flatMap(({ labels }) => labels[lang]?.slice(0, 1) ?? []).filter((title) => title.length < 60),
    profile.experience.length,
  );
  const companies = random.sample(companyNames.first, profile.experience.length);
  let month = 2026 * 12 + 8;
  const jobs = profile.experience.map((job, i) => {
    const end = i === 0 && random.chance(0.8) ? null : month - (i > 0 ? random.int(0, 4) : random.int(1, 9));
    const start = (end ?? month) - random.int(7, 60);
    month = start;
    return {
      title: drawn ? capitalised(titles[i] ?? job.title) : job.title,
      company: job.company ?? `${companies[i]} ${random.pick(companyNames.second[lang])}`,
      start: written(start),
      end: end === null ? null : written(end),
      did: (job.description ?? '').split(/(?<=\.)\s/).filter((sentence) => sentence !== ''),
    };
  });
  const [study] = profile.education;
  const [level, degree] = random.pick(degrees[lang]);
  return {
    lang,
    name: profile.fullName,
    city: [profile.location?.city, profile.location?.region].filter(Boolean).join(lang === 'pt' ? ' - ' : ', '),
    email: profile.email ?? '',
    headline: jobs[0]?.title ?? '',
    summary: (profile.summary ?? '').replace(profile.title ?? '', jobs[0]?.title ?? ''),
    jobs,
    skills: profile.skills.flatMap(({ name }) => {
      const id = recognizer.skillNamed(name)?.id;
      return id ? [{ id, name }] : [];
    }),
    study: {
      level,
      degree,
      field: (study?.field ?? 'Letras').replace(/^Técnico em /, ''),
      school: study?.institution ?? '',
      end: study?.end ?? '2012',
    },
    languages: profile.languages,
  };
}

const written = (month: number) => `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
