import { mkdirSync, writeFileSync } from 'node:fs';
import { openLexicon } from '../../functions/src/platform/lexicon.ts';
import { people } from './people.ts';
import { writeResumes } from './resumes.ts';

const lexicon = await openLexicon();
for (const [tenant, count] of [
  ['acme', 340],
  ['globex', 64],
] as const) {
  const folder = new URL(`../../demo/${tenant}/`, import.meta.url);
  mkdirSync(folder, { recursive: true });
  const candidates = people(tenant, count, lexicon);
  writeFileSync(new URL('candidates.json', folder), `${JSON.stringify(candidates, null, 1)}\n`);
  console.log(`${tenant}: ${candidates.length} candidates`);
  if (tenant === 'acme') await writeResumes(new URL('resumes/', folder), lexicon);
}
