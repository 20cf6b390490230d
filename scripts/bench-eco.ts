import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { arch, cpus } from 'node:os';
import { benchEco } from './bench-eco/run.ts';
import { readOptions } from './lib/options.ts';
import { bold, table } from './lib/terminal.ts';
import { wholeNumber } from './lib/whole-number.ts';

const help = `Usage: npm run bench:eco [-- --titles 1000] [--seed eco] [--json FILE]

Misspells that many labels of the taxonomy, asks each once through the REST function eco.search, and prints p50 and p95, how
often an occupation with that label comes first and among the first five, and the memory that taxonomy and model take of an instance.`;

const values = readOptions(help, {
  titles: { type: 'string', default: '1000' },
  seed: { type: 'string', default: 'eco' },
  json: { type: 'string' },
});
const titles = wholeNumber('--titles', values.titles, 10, 10_000);
const result = await benchEco({ titles, seed: values.seed, say: (line) => console.error(line) });
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const command = `npm run bench:eco -- --titles ${titles} --seed ${values.seed}`;
const where = `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? arch()}, embedded Postgres`;

const { wall, processor } = result.inProcess;
console.log(bold(`\neco.search with ${result.titles} misspelt titles, taxonomy ${result.taxonomy}`));
console.log(`${command}, commit ${commit}; ${where}\n`);
console.log(
  table(
    ['', 'p50 ms', 'p95 ms', 'p99 ms'],
    [
      ['REST function, uncached', result.rest.p50Ms, result.rest.p95Ms, result.rest.p99Ms],
      ['finding alone', wall.p50Ms, wall.p95Ms, wall.p99Ms],
      ['finding alone, processor', processor.p50Ms, processor.p95Ms, processor.p99Ms],
      ['Spanish titles, processor', ...Object.values(result.byMeaning.processor)],
    ],
  ),
);
console.log(
  `\n${table(
    ['labels', 'titles', 'accuracy@1', 'accuracy@5'],
    Object.entries(result.accuracy).map(([of, { titles, at1, at5 }]) => [of, titles, at1, at5]),
  )}`,
);
const { openedMs, heapMiB, arraysMiB, allMiB, modelMiB } = result.memory;
console.log(
  `\nmemory: ${allMiB} MiB (${heapMiB} of heap, ${arraysMiB} of arrays), ${modelMiB} of them the model; taxonomy opened in ${openedMs} ms`,
);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ command, commit, where, ...result }, null, 2)}\n`);
process.exit(0);
