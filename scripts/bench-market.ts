import { execFileSync } from 'node:child_process';
import { arch, cpus, loadavg } from 'node:os';
import { benchMarket } from './bench-market/run.ts';
import { readOptions } from './lib/options.ts';
import { bold, table } from './lib/terminal.ts';
import { wholeNumber } from './lib/whole-number.ts';

const help = `Usage: npm run bench:market [-- --ads 100000] [--rounds 200]

Imports so many invented advertisements as everybody's reference and 2,000 of one tenant's own, counts the neighbourhoods of all skills,
and prints how long that takes, and then msgs.expand from what was kept and from the rows, and what a search reads.`;

const values = readOptions(help, {
  ads: { type: 'string', default: '100000' },
  rounds: { type: 'string', default: '200' },
});
const ads = wholeNumber('--ads', values.ads, 2_000, 290_000);
const rounds = wholeNumber('--rounds', values.rounds, 20, 10_000);
const result = await benchMarket({ ads, rounds, say: (line) => console.error(line) });
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
console.log(bold(`\n${ads} advertisements of the reference, 2,000 of a tenant's own`));
console.log(
  `npm run bench:market -- --ads ${ads} --rounds ${rounds}, commit ${commit}; Node ${process.versions.node}, ` +
    `${cpus().length} x ${cpus()[0]?.model ?? arch()}, load average ${loadavg()[0]?.toFixed(0)}, ${result.database} Postgres\n`,
);
const { reference, importer } = result.recountedMs;
console.log(`import of 2,000: ${result.importMs} ms; recount: reference ${reference} ms, importer ${importer} ms\n`);
console.log(
  table(
    ['', 'p50 ms', 'p95 ms'],
    Object.entries(result.ways).map(([way, { p50Ms, p95Ms }]) => [way, p50Ms, p95Ms]),
  ),
);
process.exit(0);
