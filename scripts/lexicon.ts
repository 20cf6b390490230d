import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Lexicon } from '../functions/src/contract/lexicon.ts';
import { byFrequency, coverageOf } from './lexicon/coverage.ts';
import { buildGazetteer } from './lexicon/gazetteer.ts';
import { report } from './lexicon/report.ts';
import { buildSkills } from './lexicon/skills.ts';
import { buildTitles } from './lexicon/titles.ts';
import { readOptions } from './lib/options.ts';

const help = `Usage: node scripts/lexicon.ts --from DIR

Makes functions/data/lexicon.json.gz anew from the public data of DIR (taxonomies/ and skills/) and our own lists.`;

const values = readOptions(help, { from: { type: 'string' } });
if (values.from === undefined) {
  console.error('--from has to name a folder with "taxonomies" and "skills" in it. See --help.');
  process.exit(2);
}

const content = { ...buildSkills(values.from), titles: buildTitles(values.from), ...buildGazetteer() };
const version = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
const lexicon: Lexicon = { version, ...content };

const artifact = gzipSync(JSON.stringify(lexicon), { level: 9 });
// Byte 9 of a gzip header names the operating system: 255, "unknown", keeps the file the same everywhere.
artifact[9] = 255;

const folder = new URL('../functions/data/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL('lexicon.json.gz', folder), artifact);
writeFileSync(
  new URL('LEXICON.md', folder),
  report(lexicon, artifact, coverageOf(byFrequency(lexicon.skills, values.from), 1_500)),
);
console.log(
  `lexicon ${version}: ${lexicon.skills.length} skills, ${lexicon.titles.length} titles, ${artifact.length} bytes`,
);
