import type { CandidateProfile } from '../../contract/candidate.ts';

/** What somebody wrote in a profile, as against codes, dates, addresses and the tenant's own metadata. */
const written = new Set([
  'fullName',
  'headline',
  'title',
  'summary',
  'city',
  'region',
  'name',
  'company',
  'description',
  'institution',
  'degree',
  'field',
  'industries',
  'certifications',
]);

/** `field` is such as `summary` or `experience[0].description`. */
type Rewrite = (text: string, field: string) => string;

const rewritten = (value: unknown, name: string, field: string, rewrite: Rewrite): unknown => {
  if (typeof value === 'string') return written.has(name) ? rewrite(value, field) : value;
  if (Array.isArray(value)) return value.map((one, i) => rewritten(one, name, `${field}[${i}]`, rewrite));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      rewritten(one, key, field === '' ? key : `${field}.${key}`, rewrite),
    ]),
  );
};

/** A profile with each free text as `rewrite` gives it back; an emptied text stays as an empty one. */
export const rewriteFreeTexts = (
  { metadata, links, ...profile }: CandidateProfile,
  rewrite: Rewrite,
): CandidateProfile => ({ ...(rewritten(profile, '', '', rewrite) as typeof profile), metadata, links });
