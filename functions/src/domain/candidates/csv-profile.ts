import type { CandidateProfileInput } from '../../contract/candidate.ts';
import { type CsvField, isListField, type ListField, type SingleField } from './csv-fields.ts';
import { seniorityOf, splitList, yearsOf } from './csv-values.ts';
import { countryCode } from './known-names.ts';
import { languageSkill } from './language-skill.ts';
import { webLink } from './web-link.ts';

/** A profile as the row spells it: names are the contract's, but values are still to be parsed by CandidateProfile. */
export type UnparsedProfile = { [Name in keyof CandidateProfileInput]?: unknown };

export interface CandidateCells {
  readonly single: ReadonlyMap<SingleField, string>;
  readonly lists: ReadonlyMap<ListField, readonly string[]>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Sorts a row's cells by the field their column feeds; empty cells are unknown, so left out. */
export const sortCells = (fields: readonly (CsvField | undefined)[], row: readonly string[]): CandidateCells => {
  const single = new Map<SingleField, string>();
  const lists = new Map<ListField, string[]>();
  const metadata = new Map<string, string>();
  for (const [index, field] of fields.entries()) {
    const cell = row[index]?.trim() ?? '';
    if (!field || field === 'ignore' || cell === '') continue;
    if (field.startsWith('metadata.')) metadata.set(field.slice('metadata.'.length), cell);
    else if (isListField(field)) lists.set(field, [...(lists.get(field) ?? []), ...splitList(cell)]);
    else single.set(field as SingleField, cell);
  }
  return { single, lists, metadata };
};

const isPresent = ([, value]: [string, unknown]): boolean =>
  value !== undefined && !(typeof value === 'object' && value !== null && Object.keys(value).length === 0);

const present = <T extends Record<string, unknown>>(record: T): Partial<T> =>
  Object.fromEntries(Object.entries(record).filter(isPresent)) as Partial<T>;

/**
 * A profile from one row's cells. The current company becomes the first experience when a title is known, else
 * `metadata.company`; languages without an ISO 639-1 code (Libras) go to `metadata.otherLanguages`.
 */
export const profileOf = ({ single, lists, metadata }: CandidateCells): UnparsedProfile => {
  const given = lists.get('languages') ?? [];
  const languages = given.map(languageSkill);
  const otherLanguages = given.filter((_, index) => languages[index] === null);
  const country = single.get('country');
  const years = single.get('yearsExperience');
  const seniority = single.get('seniority');
  const company = single.get('company');
  const title = single.get('title') ?? single.get('headline');
  const isExperience = company !== undefined && title !== undefined;
  return present({
    fullName: single.get('fullName'),
    email: single.get('email'),
    phone: single.get('phone'),
    headline: single.get('headline'),
    title: single.get('title'),
    summary: single.get('summary'),
    location: present({
      city: single.get('city'),
      region: single.get('region'),
      country: country === undefined ? undefined : (countryCode(country) ?? country),
    }),
    seniority: seniority === undefined ? undefined : seniorityOf(seniority),
    yearsExperience: years === undefined ? undefined : yearsOf(years),
    skills: lists.get('skills')?.map((name) => ({ name })),
    languages: languages.filter((language) => language !== null),
    industries: lists.get('industries'),
    links: lists.get('links')?.map(webLink),
    experience: isExperience ? [{ title, company, current: true }] : undefined,
    metadata: present({
      ...Object.fromEntries(metadata),
      company: isExperience ? undefined : company,
      otherLanguages,
    }),
  });
};
