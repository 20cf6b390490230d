import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TaxonomyDescription, TaxonomyOccupation } from '../functions/src/contract/taxonomy.ts';
import { readOptions } from './lib/options.ts';
import { readGroups, readTopics } from './taxonomy/groups.ts';
import { inferredLinks } from './taxonomy/inferred-links.ts';
import { readOccupations } from './taxonomy/occupations.ts';
import { officialLinks } from './taxonomy/official-links.ts';
import { readOnet } from './taxonomy/onet.ts';
import { readSkills } from './taxonomy/skills.ts';
import { readTitleForms } from './taxonomy/title-forms.ts';
import { writeArtifact } from './taxonomy/write.ts';

const help = `Usage: npm run taxonomy:build -- --from DIR

Makes the taxonomy in functions/data/taxonomy anew from the public data of DIR: O*NET, ESCO, CBO and their crosswalks below
DIR/taxonomies, lists of skills below DIR/skills; functions/data/taxonomy/TAXONOMY.md names them. The same data give the same
bytes. Afterwards the embedder is trained anew (npm run embedder:train), since it knows its taxonomy by version.`;

const values = readOptions(help, { from: { type: 'string' } });
const from = values.from ?? '';
if (!existsSync(path.join(from, 'taxonomies')) || !existsSync(path.join(from, 'skills'))) {
  console.error(`--from has to name a folder with "taxonomies" and "skills" in it.\n\n${help}`);
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
