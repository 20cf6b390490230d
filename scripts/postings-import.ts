/** `npm run postings:import`: a file of postings of any size, batch by batch. */

import { existsSync, writeFileSync } from 'node:fs';
import { Problem } from '../functions/src/contract/errors.ts';
import { operatorTenant, TenantId } from '../functions/src/contract/ids.ts';
import type { PostingDefaults } from '../functions/src/domain/msgs/import-postings.ts';
import { byScript } from './lib/by-script.ts';
import { readOptions } from './lib/options.ts';
import { runningStack } from './lib/stack-file.ts';
import { wholeNumber } from './lib/whole-number.ts';
import { readPostingFile } from './postings-import/read-file.ts';
import { importFile, type Progress } from './postings-import/run.ts';

const help = `Usage: npm run postings:import -- --file F --tenant T [--source S] [--country BR] [--industry ID] [--posted-at DAY]
         [--map COLUMN=FIELD]... [--delimiter D] [--batch 1000] [--from-row N] [--report FILE]
       npm run postings:import -- --file F --shared ...

Imports job advertisements, or vacancy counts by skill, from .csv, .tsv, .jsonl or .ndjson (or any of them with .gz). Rows that do
not hold are told, by number, field and remedy, and the others are loaded: in batches, each of them whole or not at all. What is
known already changes nothing, so the same command again goes on where an earlier one ended; --from-row spares it the reading.

  --tenant ID        whose postings they become
  --shared           everybody's: the reference beside every tenant's own (the operators' tenant, ${operatorTenant})
  --map COLUMN=FIELD where a column goes when its header does not tell, or \`ignore\`; as many as you like
  --report FILE      every rejected row as a line of JSON; without it the first 20 are shown

Works on DATABASE_URL, GCLOUD_PROJECT and REDIS_URL of the environment, else on the \`npm start\` that is running here.
Ends with code 0 when every row was loaded or known, 1 when some were rejected, 2 when it could not go on.`;

function fail(line: string): never {
  console.error(`postings:import: ${line}`);
  process.exit(2);
}

const options = readOptions(help, {
  file: { type: 'string' },
  tenant: { type: 'string' },
  shared: { type: 'boolean', default: false },
  source: { type: 'string' },
  country: { type: 'string' },
  industry: { type: 'string' },
  'posted-at': { type: 'string' },
  map: { type: 'string', multiple: true, default: [] },
  delimiter: { type: 'string' },
  batch: { type: 'string', default: '1000' },
  'from-row': { type: 'string', default: '1' },
  report: { type: 'string' },
});
const { file, report } = options;
if (file === undefined || !existsSync(file)) fail(`--file has to name a file that is there, not "${file ?? ''}"`);
if (options.shared === (options.tenant !== undefined)) fail('give one of --tenant and --shared');
const tenant = options.shared
  ? operatorTenant
  : (TenantId.safeParse(options.tenant).data ?? fail('--tenant takes an id'));
const batch = wholeNumber('--batch', options.batch, 1, 5_000);
const fromRow = wholeNumber('--from-row', options['from-row'], 1, 1e9);
const mapping = Object.fromEntries(
  options.map.map((wish) => {
    const at = wish.lastIndexOf('=');
    return at > 0 ? [wish.slice(0, at), wish.slice(at + 1)] : fail(`--map takes COLUMN=FIELD, not "${wish}"`);
  }),
) as Record<string, string>;
const defaults: PostingDefaults = {
  source: options.source,
  country: options.country,
  industry: options.industry,
  postedAt: options['posted-at'],
};

if (!process.env['DATABASE_URL'])
  Object.assign(
    process.env,
    runningStack() ?? fail('set DATABASE_URL and GCLOUD_PROJECT, or start the stack: npm start'),
  );
const by = byScript('postings:import');
const { tenanciesOf } = await import('../functions/src/stores/tenancies.ts');
const known = await tenanciesOf(by).findById(tenant);
if (known?.status !== 'active') fail(`there is no active tenant ${tenant}`);
const { openTools } = await import('../functions/src/middleware/tools.ts');
const { dropAnswers } = await import('../functions/src/middleware/answer-cache.ts');
const tools = await openTools(['postings', 'lexicon'], { tenant, scopes: new Set() }, by);
if (report) writeFileSync(report, '');

const began = performance.now();
const seconds = () => Math.round((performance.now() - began) / 100) / 10;
const tell = ({ lastRow, created, reread, unchanged, rejected }: Progress) =>
  `to row ${lastRow}: ${created} new, ${reread} read anew, ${unchanged} known, ${rejected} rejected; ${seconds()} s`;
let reached = fromRow - 1;
try {
  const outcome = await importFile(
    { ...tools, now: new Date() },
    {
      rows: readPostingFile({
        file,
        mapping,
        delimiter: options.delimiter,
        onColumns(found, unmapped) {
          console.error(
            `columns: ${Object.entries(found)
              .map(([column, field]) => `${column} -> ${field}`)
              .join(', ')}`,
          );
          if (unmapped.length > 0) console.error(`not used: ${unmapped.join(', ')} (--map names a field for them)`);
        },
      }),
      defaults,
      batch,
      fromRow,
      report,
      onBatch(progress) {
        reached = progress.lastRow;
        console.error(tell(progress));
      },
    },
  );
  console.log(`${file} ${tell(outcome)}`);
  if (outcome.withoutOccupation > 0) console.log(`${outcome.withoutOccupation} advertisements have no title we know`);
  const commonest = (counts: ReadonlyMap<string, number>, most: number) =>
    [...counts].sort((a, b) => b[1] - a[1]).slice(0, most);
  const strangers = commonest(outcome.unknownSkills, 20).map(([name, times]) => `${name} (${times})`);
  if (strangers.length > 0) console.log(`skills we do not know: ${strangers.join(', ')}`);
  for (const [fault, times] of commonest(outcome.faults, 20)) console.log(`rejected ${times} times: ${fault}`);
  if (!report)
    for (const { row, details } of outcome.examples)
      console.log(`row ${row}: ${details.map(({ path, message }) => `${path} ${message}`.trim()).join('; ')}`);
  process.exitCode = outcome.rejected > 0 ? 1 : 0;
} catch (error) {
  const details =
    error instanceof Problem ? (error.details ?? []).map(({ path, message }) => ` ${path} ${message};`) : [];
  console.error(`postings:import: ${(error as Error).message}${details.join('')}`);
  console.error(`The rows up to ${reached} are in; the same command with --from-row ${reached + 1} goes on.`);
  process.exitCode = 2;
} finally {
  await dropAnswers(tenant, ['postings.imported']);
}
process.exit();
