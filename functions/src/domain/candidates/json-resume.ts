import type { CandidateProfileInput } from '../../contract/candidate.ts';
import { type Detail, Problem } from '../../contract/errors.ts';
import { isOngoing, JsonResume } from './json-resume-schema.ts';
import { languageCode } from './known-names.ts';
import { languageLevel } from './language-skill.ts';
import { webLink } from './web-link.ts';

type Work = JsonResume['work'][number];

const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '') || 'resume';

const month = (date: string | undefined): string | undefined => (isOngoing(date) ? undefined : date?.slice(0, 7));

/** Names that differ in more than case, first spelling kept. */
const distinct = (names: readonly string[]): string[] => {
  const firstSpelling = new Map<string, string>();
  for (const name of names) {
    const key = name.toLowerCase();
    if (!firstSpelling.has(key)) firstSpelling.set(key, name);
  }
  return [...firstSpelling.values()];
};

const experienceOf = ({ name, position, startDate, endDate, description, summary, highlights }: Work) => ({
  title: position ?? '',
  company: name,
  start: month(startDate),
  end: month(endDate),
  current: isOngoing(endDate) || undefined,
  description: [description, summary, ...highlights].filter((part) => part !== undefined).join('\n') || undefined,
});

const languagesOf = (resume: JsonResume) => {
  const named = resume.languages.flatMap(({ language, fluency }) => (language ? [{ language, fluency }] : []));
  const known = named.flatMap(({ language, fluency }) => {
    const code = languageCode(language);
    return code ? [{ code, level: languageLevel(fluency ?? '') }] : [];
  });
  const others = named.filter(({ language }) => languageCode(language) === null).map(({ language }) => language);
  return { known, others };
};

/** The same value without fields that are undefined: absent means unknown. */
const withoutUndefined = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/**
 * A resume in the JSON Resume format as our profile, still to be parsed by CandidateProfile. Skill groups and their
 * keywords become skills; languages without an ISO 639-1 code go to `metadata.otherLanguages`; projects, awards,
 * publications, volunteering and references have no place in a profile. A job without an end stays open, not "current".
 * @throws Problem input.invalid naming each field that is not of the format.
 */
export const fromJsonResume = (resume: unknown): CandidateProfileInput => {
  const parsed = JsonResume.safeParse(resume);
  if (!parsed.success) {
    const details = parsed.error.issues.map(({ path, message }): Detail => ({ path: pathOf(path), message }));
    throw new Problem('input.invalid', details);
  }
  const { basics, work, education, certificates, skills } = parsed.data;
  const { known, others } = languagesOf(parsed.data);
  const { city, region, countryCode } = basics.location ?? {};
  const isPlaced = city ?? region ?? countryCode;
  return withoutUndefined({
    fullName: basics.name ?? '',
    title: basics.label,
    email: basics.email,
    phone: basics.phone,
    summary: basics.summary,
    location: isPlaced ? { city, region, country: countryCode?.toUpperCase() } : undefined,
    skills: distinct(skills.flatMap(({ name, keywords }) => (name ? [name, ...keywords] : keywords))).map((name) => ({
      name,
    })),
    languages: known,
    experience: work.map(experienceOf),
    education: education.map(({ institution, studyType, area, endDate }) => ({
      institution,
      degree: studyType,
      field: area,
      end: month(endDate),
    })),
    certifications: certificates.flatMap(({ name }) => (name ? [name] : [])),
    links: distinct([basics.url, ...basics.profiles.map(({ url }) => url)].filter((url) => url !== undefined)).map(
      webLink,
    ),
    ...(others.length > 0 ? { metadata: { otherLanguages: others } } : {}),
  });
};
