import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { arch, cpus } from 'node:os';
import { publicSamples } from './eval-extract/public-samples.ts';
import { generated, type Measured, measure, type Resume } from './eval-extract/run.ts';
import { type Answers, facets } from './eval-extract/score.ts';
import { readOptions } from './lib/options.ts';
import { bold, table } from './lib/terminal.ts';
import { wholeNumber } from './lib/whole-number.ts';

const help = `Usage: npm run eval:extract [-- --each 6] [--seed tuned] [--held] [--from DIR] [--misses N] [--json FILE]

Lays out invented people as resumes (ten layouts, Portuguese and English, TXT, PDF and DOCX), reads the files as an upload is read,
analyses them with the local analyst, and prints how much of what is known was found: F1 for all, per language, format and layout.
--held measures on two layouts and a seed that nobody tuned on instead; --from DIR adds the public samples below DIR; --misses
prints the first N resumes whose jobs were not all read right; --json FILE has precision and recall too.`;

const values = readOptions(help, {
  each: { type: 'string', default: '6' },
  seed: { type: 'string', default: 'tuned' },
  held: { type: 'boolean', default: false },
  from: { type: 'string' },
  misses: { type: 'string', default: '0' },
  json: { type: 'string' },
});
const each = wholeNumber('--each', values.each, 1, 200);
let misses = wholeNumber('--misses', values.misses, 0, 1_000);
const seed = values.held ? 'held' : values.seed;
const command = `npm run eval:extract -- --each ${each} ${values.held ? '--held' : `--seed ${seed}`}`;
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
const where = `Node ${process.versions.node}, ${cpus().length} x ${cpus()[0]?.model ?? arch()}`;

function tell({ name, text, truth }: Resume, answers: Required<Answers>): void {
  const missed = (truth.jobs ?? []).filter((job) => !answers.jobs.includes(job));
  if (misses === 0 || missed.length === 0) return;
  misses--;
  console.log(
    `${bold(name)}\n${text.slice(0, 1_500)}\nmissed:\n${missed.join('\n')}\nread:\n${answers.jobs.join('\n')}\n`,
  );
}

function print(title: string, { resumes, unsupportedQuotes, processorMs, groups }: Measured): void {
  const rows = Object.entries(groups).map(([group, measured]) => [
    group,
    ...facets.map((facet) => measured[facet]?.f1 ?? ''),
  ]);
  console.log(bold(`\n${title}: ${resumes} resumes, F1`));
  console.log(table(['', ...facets], rows));
  console.log(
    `processor ms a resume: p50 ${processorMs.p50}, p95 ${processorMs.p95}; claims without their quote: ${unsupportedQuotes}`,
  );
}

console.log(`${command}, commit ${commit}; ${where}`);
const measured: Record<string, Measured> = {};
measured['layouts'] = await measure(generated('tuned', seed, each), tell);
print(values.held ? 'known layouts, another seed' : 'layouts', measured['layouts']);
if (values.held) {
  measured['heldLayouts'] = await measure(generated('held', seed, each), tell);
  print('layouts held back', measured['heldLayouts']);
}
if (values.from) {
  if (!existsSync(values.from)) {
    console.error(`--from takes a folder; there is none at ${values.from}. See --help.`);
    process.exit(2);
  }
  measured['public'] = await measure(publicSamples(values.from), tell);
  print('public samples', measured['public']);
}
if (values.json) writeFileSync(values.json, `${JSON.stringify({ command, commit, where, ...measured }, null, 2)}\n`);
process.exit(0);
