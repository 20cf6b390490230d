import { readFileSync } from 'node:fs';
import type { LexiconSkill } from '../../functions/src/contract/lexicon.ts';
import { byCode, fold } from './names.ts';
import { readTable } from './tables.ts';

/** How many of the most frequent skills have a name that a Portuguese text would use. */
export interface Coverage {
  readonly of: number;
  readonly portuguese: number;
  readonly properNames: number;
  readonly without: readonly string[];
}

/** @param skills most frequent first */
export function coverageOf(skills: readonly LexiconSkill[], of: number): Coverage {
  const frequent = skills.slice(0, of);
  const portuguese = frequent.filter((skill) => skill.labelPt !== undefined);
  const properNames = frequent.filter((skill) => skill.properName);
  return {
    of: frequent.length,
    portuguese: portuguese.length,
    properNames: properNames.length,
    without: frequent.filter((skill) => skill.labelPt === undefined && !skill.properName).map(({ id }) => id),
  };
}

/**
 * Skills, most frequent first: the sum over four counts of ln(1 + count) / ln(1 + highest count): O*NET occupations that use
 * it, ESCO occupations that ask for it, people of the demo who list it, GitHub topics of that name. Ties by id.
 * @param from folder of the public data
 */
export function byFrequency(skills: readonly LexiconSkill[], from: string): LexiconSkill[] {
  const owner = new Map<string, string>();
  for (const { id, label, labelPt, aliases, sources } of skills) {
    for (const name of [label, labelPt ?? '', ...aliases, ...(sources?.onet ?? [])]) owner.set(fold(name), id);
  }
  const counts = [onetNames(from), escoNames(from), demoNames(), githubNames(skills)].map((names) => {
    const count = new Map<string, number>();
    for (const name of names) {
      const id = owner.get(fold(name));
      if (id !== undefined) count.set(id, (count.get(id) ?? 0) + 1);
    }
    return { count, highest: Math.max(...count.values()) };
  });
  const frequency = new Map(
    skills.map(({ id }) => [
      id,
      counts.reduce((sum, { count, highest }) => sum + Math.log1p(count.get(id) ?? 0) / Math.log1p(highest), 0),
    ]),
  );
  return [...skills].sort((a, b) => (frequency.get(b.id) ?? 0) - (frequency.get(a.id) ?? 0) || byCode(a.id, b.id));
}

const onetNames = (from: string) =>
  readTable(`${from}/taxonomies/onet_29_2/Technology_Skills.tsv.gz`).map((row) => row.get('Example'));

const escoNames = (from: string) =>
  readTable(`${from}/taxonomies/esco_1_2_0/occupation_skill_relations_en.tsv.gz`).map((row) =>
    row.get('skill_label').replace(/ \([^)]*\)$/, ''),
  );

const githubNames = (skills: readonly LexiconSkill[]) =>
  skills.flatMap(({ label, sources }) => (sources?.github ?? []).map(() => label));

function demoNames(): string[] {
  return ['acme', 'globex'].flatMap((tenant) => {
    const file = new URL(`../../demo/${tenant}/candidates.json`, import.meta.url);
    const people = JSON.parse(readFileSync(file, 'utf8')) as { profile: { skills: { name: string }[] } }[];
    return people.flatMap(({ profile }) => profile.skills.map(({ name }) => name));
  });
}
