import { createHash } from 'node:crypto';
import { type CandidateProfile, seniorityLadder } from '../../contract/candidate.ts';
import type { CandidateFacts, CandidateFilterColumns, DerivedCandidate } from '../../contract/candidate-record.ts';
import { canonicalJson } from '../../contract/canonical-json.ts';
import type { EmbeddingInput } from '../../contract/embedding.ts';
import { analyzeDocument } from '../text/analyze.ts';
import type { Recognizer } from '../text/recognizer.ts';
import { careerOf } from './career.ts';
import { industryKey, placeKeysOf, skillKey } from './keys.ts';
import { rankable } from './rankable.ts';

// Raised when anything below changes what is derived, so that stored facts can be told from fresh ones.
export const derivationVersion = 4;

/**
 * All that search knows of a person, worked out from what is `rankable` of the profile and of the texts of their
 * documents.
 */
export function deriveCandidate(
  recognizer: Recognizer,
  given: CandidateProfile,
  documentTexts: readonly string[],
  asOf: Date,
): DerivedCandidate {
  const { profile, documents } = rankable(recognizer, given, documentTexts);
  const texts = textsOf(profile, documents);
  const skills = skillsOf(recognizer, profile, texts);
  const facts = factsOf(recognizer, profile, skills, asOf);
  const concepts = [
    ...Object.keys(facts.skills).map((id) => `skill:${id}`),
    ...facts.titles.map(({ id }) => `title:${id}`),
  ];
  return {
    facts,
    columns: columnsOf(facts),
    terms: analyzeDocument(
      [
        { text: texts.title, boost: 3, pivot: 6 },
        { text: texts.skills, boost: 2, pivot: 25 },
        { text: texts.summary, boost: 1.2, pivot: 40 },
        { text: `${texts.jobs}\n${texts.rest}`, boost: 1, pivot: 200 },
      ],
      concepts,
    ),
    embeddingInput: embeddingInputOf(profile, texts, facts, concepts),
    contentHash: createHash('sha256')
      .update(canonicalJson([derivationVersion, recognizer.version, given, documentTexts]))
      .digest('hex'),
  };
}

interface Texts {
  readonly title: string;
  readonly skills: string;
  readonly summary: string;
  readonly jobs: string;
  readonly rest: string;
}

function textsOf(profile: CandidateProfile, documentTexts: readonly string[]): Texts {
  const lines = (parts: readonly (string | undefined)[]) => parts.filter((part) => part !== undefined).join('\n');
  const { location } = profile;
  return {
    title: lines([profile.title, profile.headline]),
    skills: lines(profile.skills.map((skill) => skill.name)),
    summary: lines([profile.summary, ...profile.industries, location?.city, location?.region]),
    jobs: lines(profile.experience.flatMap((job) => [job.title, job.company, job.description])),
    rest: lines([
      ...profile.education.flatMap((study) => [study.degree, study.field, study.institution]),
      ...profile.certifications,
      ...documentTexts,
    ]),
  };
}

// Stands for "still in use": the current year would age in the store.
const stillInUse = 9_999;

/** Skill key -> last year of use; null when no dated job mentions it. */
function skillsOf(recognizer: Recognizer, profile: CandidateProfile, texts: Texts): Map<string, number | null> {
  const lastUse = new Map<string, number | null>();
  const note = (key: string, year: number | null) => {
    const before = lastUse.get(key);
    lastUse.set(key, before == null ? year : year === null ? before : Math.max(before, year));
  };
  for (const skill of profile.skills) note(skillKey(recognizer, skill.name), null);
  for (const job of profile.experience) {
    const year = job.current ? stillInUse : job.end ? Number(job.end.slice(0, 4)) : null;
    for (const { value } of recognizer.skills(`${job.title}\n${job.description ?? ''}`)) note(value.id, year);
  }
  for (const { value } of recognizer.skills(`${texts.title}\n${profile.summary ?? ''}\n${texts.rest}`))
    note(value.id, null);
  return lastUse;
}

function factsOf(
  recognizer: Recognizer,
  profile: CandidateProfile,
  skills: ReadonlyMap<string, number | null>,
  asOf: Date,
): CandidateFacts {
  const career = careerOf(recognizer, profile, asOf);
  const level = profile.seniority ?? career.level;
  const years = profile.yearsExperience ?? career.years;
  const { keys: places, country } = placeKeysOf(recognizer, profile.location);
  return {
    version: derivationVersion,
    ...(level && { seniorityRank: seniorityLadder.indexOf(level) }),
    ...(years !== undefined && { years }),
    titles: career.titles,
    functions: career.functions,
    skills: Object.fromEntries([...skills].sort(([a], [b]) => (a < b ? -1 : 1))),
    places,
    ...(country && { country }),
    workModes: profile.workModes ?? [],
    languages: Object.fromEntries(profile.languages.map(({ code, level: cefr }) => [code, cefr ?? null])),
    industries: [...new Set(profile.industries.map((name) => industryKey(recognizer, name)))],
    ...(career.climb !== undefined && { climb: career.climb }),
  };
}

function columnsOf(facts: CandidateFacts): CandidateFilterColumns {
  return {
    skillKeys: Object.keys(facts.skills),
    placeKeys: facts.places,
    country: facts.country ?? null,
    industryKeys: facts.industries,
    languageKeys: Object.keys(facts.languages),
    seniorityRank: facts.seniorityRank ?? null,
    yearsExperience: facts.years ?? null,
  };
}

// In the order of weight: what is cut off at a model's limit is what matters least.
function embeddingInputOf(
  profile: CandidateProfile,
  texts: Texts,
  facts: CandidateFacts,
  concepts: readonly string[],
): EmbeddingInput {
  const current = profile.experience.find((job) => job.current) ?? profile.experience[0];
  return {
    text: [
      texts.title,
      profile.skills
        .slice(0, 15)
        .map((skill) => skill.name)
        .join(', '),
      current?.title,
      profile.summary,
      current?.description,
      texts.jobs.slice(0, 4_000),
      texts.rest.slice(0, 4_000),
    ]
      .filter((part) => part)
      .join('\n')
      .slice(0, 8_000),
    concepts: [...concepts, ...facts.functions.map(({ name }) => `function:${name}`)],
  };
}
