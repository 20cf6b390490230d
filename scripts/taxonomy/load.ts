import type { OperatorDatabase } from '../../functions/src/platform/postgres.ts';
import type { TaxonomyArtifact } from '../../functions/src/platform/taxonomy.ts';

/** Rows in one statement; a statement holds a few megabytes of JSON. */
const rowsAtOnce = 5_000;

/**
 * Fills the reference tables with the artifact, in one transaction: others see the version before until it is done.
 * @param database one connection of the operator
 * @returns rows by table; null when the version was there already, and nothing was done
 */
export async function loadTaxonomy(
  taxonomy: TaxonomyArtifact,
  database: OperatorDatabase,
): Promise<Record<string, number> | null> {
  const { version } = taxonomy.manifest;
  const { rows } = await database.query<{ version: string | null }>('select headhunter.taxonomy_version() as version');
  if (rows[0]?.version === version) return null;
  const tables = await tablesOf(taxonomy);
  await database.query('begin');
  try {
    await database.query('select headhunter.taxonomy_clear()');
    for (const [table, all] of Object.entries(tables)) {
      for (let at = 0; at < all.length; at += rowsAtOnce) {
        const chunk = JSON.stringify(all.slice(at, at + rowsAtOnce));
        await database.query('select headhunter.taxonomy_add($1, $2)', [table, chunk]);
      }
    }
    await database.query('select headhunter.taxonomy_finish($1)', [version]);
    await database.query('commit');
  } catch (error) {
    await database.query('rollback');
    throw error;
  }
  return Object.fromEntries(Object.entries(tables).map(([table, all]) => [table, all.length]));
}

/** The tables' rows by table, those that others refer to first. */
async function tablesOf(taxonomy: TaxonomyArtifact): Promise<Record<string, readonly object[]>> {
  const [occupations, descriptions, skills, requirements, groups, links] = await Promise.all([
    taxonomy.part('occupations'),
    taxonomy.part('descriptions'),
    taxonomy.part('skills'),
    taxonomy.part('requirements'),
    taxonomy.part('groups'),
    taxonomy.part('links'),
  ]);
  const described = new Map(descriptions.map(({ occupation, text }) => [occupation, text]));
  const occupationId = (position: number) => occupations[position]?.id;
  const skillId = (position: number) => skills[position]?.id;
  return {
    taxonomy_occupations: occupations.map(({ id, system, group, labels }, position) => ({
      occupation_id: id,
      system,
      group_code: group,
      labels,
      description: described.get(position) ?? {},
    })),
    taxonomy_skills: skills.map(({ id, type, labels }) => ({ skill_id: id, type, labels })),
    taxonomy_groups: groups,
    taxonomy_requirements: requirements.flatMap(({ occupation, essential, optional }) =>
      [essential, optional].flatMap((asked, i) =>
        asked.map((skill) => ({
          occupation_id: occupationId(occupation),
          skill_id: skillId(skill),
          is_essential: i === 0,
        })),
      ),
    ),
    taxonomy_links: links.map(({ from, to, match, method, confidence }) => ({
      from_id: occupationId(from),
      to_id: occupationId(to),
      match,
      method,
      confidence,
    })),
  };
}
