import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { benchSearch } from './bench-search/run.ts';
import { readOptions } from './lib/options.ts';
import { bold, table } from './lib/terminal.ts';
import { wholeNumber } from './lib/whole-number.ts';

const help = `Usage: npm run bench:search -- [--candidates 10000] [--queries 500] [--json FILE]

Fills one tenant, asks that many distinct queries (every second one with filters) through the REST function, does the same
work as raw SQL on the same database, and prints p50 and p95 of both, their ratio, recall@20 against an exact scan, memory
and rows per second of import. Takes the embedded Postgres, or the server that HEADHUNTER_POSTGRES_ADMIN_URL names.`;

const values = readOptions(help, {
  candidates: { type: 'string', default: '10000' },
  queries: { type: 'string', default: '500' },
  json: { type: 'string' },
});
const candidates = wholeNumber('--candidates', values.candidates, 100, 1_000_000);
const queries = wholeNumber('--queries', values.queries, 10, 5_000);

const result = await benchSearch({ candidates, queries, say: (line) => console.error(line) });
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const command = `npm run bench:search -- --candidates ${candidates} --queries ${queries}`;
const report = { command, commit, ...result };

console.log(bold(`\nsearch.hybrid over ${candidates} candidates of one tenant, ${result.database}`));
console.log(`${command}, commit ${commit}\n`);
console.log(
  table(
    ['', 'p50 ms', 'p95 ms', 'queries'],
    (['all', 'without filters', 'with filters'] as const).flatMap((kind) => [
      [
        `${kind}: REST function`,
        result.latency[kind].rest.p50,
        result.latency[kind].rest.p95,
        result.latency[kind].queries,
      ],
      [`${kind}: raw SQL`, result.latency[kind].sql.p50, result.latency[kind].sql.p95, result.latency[kind].queries],
      [`${kind}: ratio`, result.latency[kind].ratio.p50, result.latency[kind].ratio.p95, ''],
    ]),
  ),
);
console.log(`\nrecall@20 of the vector leg against an exact scan: ${result.recallAt20}`);
console.log(`  without filters ${result.recallAt20WithoutFilters}, with filters ${result.recallAt20WithFilters}`);
console.log(`import: ${result.importRowsPerSecond} candidates a second, in calls of 500`);
console.log(`promotion: ${result.promotionSeconds ?? 'not promoted'} s, recall ${result.promotionRecall ?? '-'}`);
console.log(`memory of this process (functions, host and load together): ${result.rssMiB} MiB`);
if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
process.exit(0);
