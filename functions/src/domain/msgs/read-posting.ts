import { createHash } from 'node:crypto';
import { canonicalJson } from '../../contract/canonical-json.ts';
import type { Detail } from '../../contract/errors.ts';
import type { Lexicon } from '../../contract/lexicon.ts';
import { type ObservationFacts, type PostingFacts, PostingRow } from '../../contract/posting.ts';
import { skillsAsked } from '../search/understand.ts';
import { type Recognizer, recognizerOf } from '../text/recognizer.ts';
import { addDays } from './days.ts';
import { keptTitle } from './kept-title.ts';
import { placeOf } from './region.ts';
import { yearsAsked } from './years-asked.ts';

/** A row as it was given, with what holds for the whole import put in where the row is silent. */
export type RawPosting = Readonly<Record<string, unknown>>;

export type ReadPosting =
  | { readonly posting: PostingFacts; readonly unknownSkills: readonly string[] }
  | { readonly observation: ObservationFacts }
  | { readonly details: readonly Detail[]; readonly unknownSkills: readonly string[] };

const firstDay = '2000-01-01';
const mostSkills = 150;
const mostDetails = 10;

/** Reads one row into facts; its words are forgotten, but for those of its title that the taxonomy has. Details name each field that is at fault, with the remedy. */
export function readPosting(lexicon: Lexicon, given: unknown, now: Date): ReadPosting {
  const parsed = PostingRow.safeParse(given);
  if (!parsed.success)
    return { details: parsed.error.issues.flatMap(detailsOf).slice(0, mostDetails), unknownSkills: [] };
  const row = parsed.data;
  const recognizer = recognizerOf(lexicon);
  const details: Detail[] = [];
  const complain = (path: string, message: string) => details.push({ path, message });
  // Somewhere on earth it is tomorrow already.
  if (row.postedAt > addDays(now.toISOString().slice(0, 10), 1)) complain('postedAt', 'is in the future');
  if (row.postedAt < firstDay) complain('postedAt', `must be ${firstDay} or later`);
  const place = placeOf(recognizer, row.region, row.country);
  if (!place)
    complain('region', 'is no place we know; write a state such as SP, a code such as BR-SP, or leave it out');
  const industry = row.industry === undefined ? '' : industryId(lexicon, row.industry);
  if (industry === null) complain('industry', 'is no industry we know; leave it out or use an id such as technology');
  row.skillIds?.forEach((id, i) => {
    if (!recognizer.skillById(id))
      complain(`skillIds[${i}]`, 'is no id of our taxonomy; put names of other origin into skills');
  });
  const counted = row.skill === undefined ? undefined : skillOf(recognizer, row.skill);
  if (row.skill !== undefined && !counted) complain('skill', 'is no skill we know; use another name of it, or its id');
  if (details.length > 0 || !place || industry === null)
    return { details, unknownSkills: row.skill !== undefined && !counted ? [row.skill] : [] };
  const facts = { contentHash: hashOf(row), source: row.source, ...place, industry };
  if (counted && row.count !== undefined)
    return { observation: { ...facts, skillId: counted.id, observedOn: row.postedAt, vacancies: row.count } };
  const { unknown, ...skills } = skillsOf(recognizer, row);
  const title = row.title ?? '';
  return {
    posting: {
      ...facts,
      ...skills,
      postedOn: row.postedAt,
      title: keptTitle(lexicon, title),
      seniority: row.seniority ?? recognizer.seniorities(title)[0]?.value ?? '',
      ads: row.count ?? 1,
      occupations: [...new Set(recognizer.titles(title).map(({ value }) => value.id))],
      years: yearsAsked(`${title}\n${row.text ?? ''}`),
    },
    unknownSkills: unknown,
  };
}

/** The id of an industry by id or name; null when there is none. */
export const industryId = (lexicon: Lexicon, name: string): string | null =>
  lexicon.industries.find(({ id }) => id === name)?.id ?? recognizerOf(lexicon).industryNamed(name)?.id ?? null;

const skillOf = (recognizer: Recognizer, name: string) => recognizer.skillById(name) ?? recognizer.skillNamed(name);

const hashOf = (row: PostingRow) => createHash('sha256').update(canonicalJson(row)).digest('base64url');

/** Lists first, then what the words ask for; a skill that is required anywhere is not a preferred one. */
function skillsOf(recognizer: Recognizer, row: PostingRow) {
  const required = new Set(row.skillIds);
  const preferred = new Set<string>();
  const unknown: string[] = [];
  const add = (to: Set<string>, names: readonly string[] = []) => {
    for (const name of names) {
      const skill = recognizer.skillNamed(name);
      if (skill) to.add(skill.id);
      else unknown.push(name);
    }
  };
  add(required, row.skills);
  add(preferred, row.preferredSkills);
  for (const { anyOf, importance } of skillsAsked(recognizer, `${row.title ?? ''}\n${row.text ?? ''}`))
    for (const { id } of anyOf) (importance === 'required' ? required : preferred).add(id);
  const wanted = [...required].sort().slice(0, mostSkills);
  return {
    required: wanted,
    preferred: [...preferred.difference(required)].sort().slice(0, mostSkills - wanted.length),
    unknown,
  };
}

function detailsOf(issue: { code?: string; path: PropertyKey[]; message: string; keys?: readonly string[] }): Detail[] {
  const path = issue.path.reduce<string>(
    (text, part) =>
      typeof part === 'number' ? `${text}[${part}]` : text === '' ? String(part) : `${text}.${String(part)}`,
    '',
  );
  if (issue.code !== 'unrecognized_keys') return [{ path, message: issue.message.slice(0, 300) }];
  return (issue.keys ?? []).map((key) => ({ path: key.slice(0, 100), message: 'is not a field of this contract' }));
}
