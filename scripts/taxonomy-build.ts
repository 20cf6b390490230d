/** `npm run taxonomy:build -- --from DIR`: the public data of DIR as the artifact in functions/data/taxonomy. */
import { parseArgs } from 'node:util';
import type { TaxonomyDescription, TaxonomyOccupation } from '../functions/src/contract/taxonomy.ts';
import { readGroups, readTopics } from './taxonomy/groups.ts';
import { inferredLinks } from './taxonomy/inferred-links.ts';
import { readOccupations } from './taxonomy/occupations.ts';
import { officialLinks } from './taxonomy/official-links.ts';
import { readOnet } from './taxonomy/onet.ts';
import { readSkills } from './taxonomy/skills.ts';
import { readTitleForms } from './taxonomy/title-forms.ts';
import { writeArtifact } from './taxonomy/write.ts';

const { values } = parseArgs({ options: { from: { type: 'string' } } });
const from = values.from;
if (from === undefined) {
  console.error('usage: npm run taxonomy:build -- --from DIR   (DIR holds taxonomies/ and skills/)');
  process.exit(2);
}

const described = readOccupations(from);
const positions = new Map(described.map(({ id }, position) => [id, position]));
const official = officialLinks(from, described);
const inferred = inferredLinks(described);
const { skills, descriptions: skillDescriptions, requirements } = readSkills(from, positions);

const manifest = writeArtifact(new URL('../functions/data/taxonomy/', import.meta.url), {
  occupations: described.map(({ description: _, ...occupation }): TaxonomyOccupation => occupation),
  descriptions: described.flatMap(({ description: text }, occupation): TaxonomyDescription[] =>
    Object.keys(text).length === 0 ? [] : [{ occupation, text }],
  ),
  skills,
  'skill-descriptions': skillDescriptions,
  requirements,
  ...readOnet(from, positions),
  groups: readGroups(from),
  topics: readTopics(from),
  links: [...official.links, ...inferred.links].sort(
    (a, b) => a.from - b.from || b.confidence - a.confidence || a.to - b.to,
  ),
  'group-links': [...official.groupLinks, ...inferred.groupLinks].sort((a, b) => a.occupation - b.occupation),
  'title-forms': readTitleForms(),
});
for (const [name, { rows, bytes }] of Object.entries(manifest.parts))
  console.log(`${name}: ${rows} rows, ${bytes} bytes`);
console.log(`taxonomy ${manifest.version}`);
