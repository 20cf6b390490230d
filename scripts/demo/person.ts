import { CandidateProfile, type CandidateProfileInput } from '../../functions/src/contract/candidate.ts';
import { careerById, careers } from './careers/index.ts';
import { history } from './history.ts';
import { firstNames, homes, surnames } from './names.ts';
import { Random } from './random.ts';
import { capitalised, type Lang, listed, type Wording } from './wording.ts';

/** What a person must be like; what is left out is drawn. */
export interface Wish {
  readonly lang?: Lang;
  readonly career?: string;
  readonly stack?: readonly string[];
  /** Years of work, from and to. */
  readonly years?: readonly [number, number];
  readonly feminine?: boolean;
  readonly home?: { readonly city: string; readonly region: string; readonly country: string };
  readonly english?: 'B2' | 'C1' | 'C2';
  readonly remote?: true;
  readonly industry?: string;
}

const schools = {
  pt: [
    'Universidade Federal do Vale',
    'Universidade Estadual do Planalto',
    'Faculdade Técnica Horizonte',
    'Centro Universitário das Palmeiras',
    'Pontifícia Faculdade do Litoral',
    'Instituto Federal da Serra',
  ],
  en: ['Northfield University', 'Lakeside State College', 'Institute of Applied Technology', 'Harbour City University'],
};
const closing = {
  pt: [
    'Gosto de ensinar quem está chegando.',
    'Trabalho bem com equipes multidisciplinares.',
    'Busco desafios com impacto social.',
    'Procuro ambiente de aprendizado contínuo.',
    'Perfil analítico e colaborativo.',
  ],
  en: [
    'I enjoy mentoring people who join.',
    'I work well across disciplines.',
    'Looking for work with visible impact.',
    'Calm under pressure and curious.',
  ],
};

function languages(lang: Lang, wish: Wish, random: Random): CandidateProfileInput['languages'] {
  const spanish = random.chance(0.25) ? [{ code: 'es', level: random.pick(['A2', 'B1', 'B2', 'C1'] as const) }] : [];
  if (lang === 'en')
    return [
      { code: 'en', level: random.chance(0.5) ? 'native' : 'C1' },
      ...(random.chance(0.5) ? [{ code: 'pt', level: 'native' as const }] : []),
      ...spanish,
    ];
  const english =
    wish.english ?? (random.chance(0.7) ? random.pick(['A2', 'B1', 'B1', 'B2', 'B2', 'C1', 'C2'] as const) : undefined);
  return [
    { code: 'pt', level: 'native' },
    ...(english === undefined ? [] : [{ code: 'en', level: english }]),
    ...spanish,
  ];
}

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z]+/g, '.');

/**
 * An invented person, always the same for the same `id`.
 * @param wording names from the lexicon @throws ZodError when the result is not a valid profile
 */
export function person(id: string, wish: Wish, wording: Wording): CandidateProfile {
  const random = new Random(id);
  const lang = wish.lang ?? (random.chance(0.7) ? 'pt' : 'en');
  const feminine = wish.feminine ?? random.chance(0.5);
  const career = wish.career === undefined ? random.weighted(careers) : careerById(wish.career);
  const [least, most] = wish.years ?? [1, random.pick([5, 9, 14, 22])];
  const months = random.int(least * 12, most * 12);
  const leads = wish.years === undefined && career.lead !== undefined && months > 96 && random.chance(0.45);
  const past = history(career, months, wish.stack, leads, lang, feminine, wording, random);
  const names = random.sample(surnames[lang], lang === 'pt' ? 2 : 1);
  const fullName = `${random.pick(firstNames[lang][feminine ? 'feminine' : 'masculine'])} ${names.join(' ')}`;
  const labels = [...past.used.keys(), ...random.sample(career.basics, 3)].filter(
    (label, at, all) => all.indexOf(label) === at,
  );
  const shown = labels.map((label) => capitalised(wording.skill(label, lang)));
  const home = wish.home ?? {
    country: 'BR',
    ...random.weighted<{ city: string; region?: string; country?: string; weight: number }>(homes[lang]),
  };
  const industries = random
    .sample(career.industries, random.int(1, 2))
    .map((industry) => wording.industry(industry, lang));
  const wished = wish.industry === undefined ? [] : [wording.industry(wish.industry, lang)];
  const years = Math.round((months / 12) * 2) / 2;
  const study = career.fields[lang];
  const top = listed(shown.slice(0, 3), lang);
  return CandidateProfile.parse({
    fullName,
    email: `${plain(fullName)}.${id.slice(-4)}@example.${random.chance(0.5) ? 'com' : 'org'}`,
    ...(random.chance(0.8) ? { phone: `+55 ${random.pick([11, 19, 21, 31, 41, 51, 81])} 90000-${id.slice(-4)}` } : {}),
    headline: `${past.title} | ${shown.slice(0, 3).join(', ')}`,
    title: past.title,
    summary:
      lang === 'pt'
        ? `${past.title} com ${String(years).replace('.', ',')} ${years > 1 ? 'anos' : 'ano'} de experiência em ${top}. ${random.pick(closing.pt)}`
        : `${past.title} with ${years} years of experience in ${top}. ${random.pick(closing.en)}`,
    location: { city: home.city, ...(home.region === undefined ? {} : { region: home.region }), country: home.country },
    workModes:
      wish.remote === true
        ? ['remote']
        : random.sample(['onsite', 'hybrid', 'remote'] as const, random.int(1, 2)).sort(),
    seniority: past.level,
    yearsExperience: years,
    skills: labels.map((label, at) => {
      const used = past.used.get(label);
      return {
        name: shown[at] ?? label,
        ...(used !== undefined && random.chance(0.7)
          ? { years: Math.min(Math.max(years, 0.5), Math.max(0.5, Math.round((used / 12) * 2) / 2)) }
          : {}),
      };
    }),
    languages: languages(lang, wish, random),
    industries: [...new Set([...wished, ...industries])],
    experience: past.experience,
    education: [
      {
        institution: random.pick(schools[lang]),
        degree: lang === 'en' ? `BSc in ${study}` : study.startsWith('Técnico') ? 'Curso técnico' : 'Bacharelado',
        field: study,
        ...(random.chance(0.85) ? { end: String(2026 - Math.ceil(months / 12) - random.int(0, 2)) } : {}),
      },
    ],
    certifications: (career.certifications ?? []).filter(() => random.chance(0.5)),
    links: random.chance(0.3) ? [`https://example.com/in/${plain(fullName)}`] : [],
    metadata: {
      source: random.pick(['referral', 'careers-page', 'import', 'event', 'job-board']),
      availability: random.pick(['immediate', '15-days', '30-days', 'not-looking']),
      ...(random.chance(0.4)
        ? { salaryExpectationBrl: Math.round((2200 + months * random.int(55, 130)) / 100) * 100 }
        : {}),
    },
  });
}
