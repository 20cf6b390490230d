import type { CandidateProfile } from '../../contract/candidate.ts';
import type { SourceText } from '../../contract/quote.ts';

interface ReadableDocument {
  readonly documentId: string;
  readonly text: string;
}

/** What of a profile is a person's own word; ids, links and the tenant's metadata are not. */
const told = [
  'fullName',
  'headline',
  'title',
  'summary',
  'location',
  'workModes',
  'seniority',
  'skills',
  'languages',
  'industries',
  'experience',
  'education',
  'certifications',
] as const satisfies readonly (keyof CandidateProfile)[];

/**
 * Every text of a person that an analyst may read and quote: the fields of the profile by their paths (`summary`,
 * `experience[0].start`; `true` stands for a job marked current), then the documents in their order. Address and telephone are left out.
 */
export function sourceTextsOf(profile: CandidateProfile, documents: readonly ReadableDocument[]): SourceText[] {
  return [
    ...told.flatMap((name) => leavesOf(name, profile[name])),
    ...documents.map(({ documentId, text }) => ({ source: { documentId }, text })),
  ];
}

function leavesOf(field: string, value: unknown): SourceText[] {
  if (Array.isArray(value)) return value.flatMap((item, i) => leavesOf(`${field}[${i}]`, item));
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).flatMap(([name, inner]) => leavesOf(`${field}.${name}`, inner));
  return value === undefined || value === false || value === '' ? [] : [{ source: { field }, text: String(value) }];
}
