import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Engine, openEngine } from './eval/engine.ts';
import { DatasetError } from './eval/files.ts';
import { developmentSets, type Task, tasks } from './eval/plan.ts';
import { intoPage, markdown, measuresLine, type Row } from './eval/report.ts';
import { evaluate } from './eval/run.ts';
import { readOptions } from './lib/options.ts';
import { wholeNumber } from './lib/whole-number.ts';

const help = `Usage: npm run eval -- --dataset DIR --task ${tasks.join('|')} [--sample N] [--json FILE]
       npm run eval -- --all --from DIR [--json FILE] [--write docs/evaluation.md]

Measures matching as the endpoints use it on judged data. --dataset takes a folder in one of these forms:
  titles            queries, a corpus and judgements; with concept_mapping, titles are found by their concepts
  title-to-concept  tables with a title and the URI of its ESCO occupation
  skills            tables with a sentence and its skills; a plain list of all skills, where there is one
  adhoc             queries, whole documents and judgements, also as TREC, SMART or tar; the lexical leg of search
Files may be .tsv or .csv, gzipped or not, with a heading or not. --sample asks N of the queries, evenly spread. --all runs every
development set below DIR and prints the results beside published figures and aims.`;

const everything = '1000000';
const values = readOptions(help, {
  dataset: { type: 'string' },
  task: { type: 'string' },
  sample: { type: 'string', default: everything },
  all: { type: 'boolean', default: false },
  from: { type: 'string' },
  json: { type: 'string' },
  write: { type: 'string' },
});

function fail(line: string): never {
  console.error(`${line} See --help.`);
  process.exit(2);
}

let opened: Promise<Engine> | undefined;
const engine = () => (opened ??= openEngine());
const sample = wholeNumber('--sample', values.sample, 1, 1_000_000);
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();

async function one(dataset: string, task: Task): Promise<void> {
  const results = await evaluate({ dataset, task, sample }, engine);
  for (const { set, ranker, measures } of results)
    console.log([set, ranker, measuresLine(measures)].filter(Boolean).join(': '));
  const command = `npm run eval -- --dataset ${path.basename(dataset)} --task ${task}`;
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ command, commit, results }, null, 2)}\n`);
}

async function all(from: string): Promise<void> {
  const rows: Row[] = [];
  for (const set of developmentSets) {
    const dataset = path.join(from, set.folder);
    if (!existsSync(dataset)) {
      console.error(`${set.name}: not there (${set.folder}), left out`);
      continue;
    }
    const { folder: _, name, task, table = '' } = set;
    const results = await evaluate({ dataset, task, table, sample: Math.min(sample, set.sample ?? sample) }, engine);
    rows.push({ set, results });
    for (const { ranker, measures } of results) console.error(`${name}: ${ranker}: ${measuresLine(measures)}`);
  }
  if (rows.length === 0) throw new DatasetError(`${from} holds none of the development sets.`);
  const { label, taxonomy } = await engine();
  const command = `npm run eval -- --all --from DIR${values.sample === everything ? '' : ` --sample ${sample}`}`;
  const made = `\`${command}\`, commit ${commit}, model ${label.model} (${label.dimensions} dimensions), taxonomy ${taxonomy}.`;
  const table = markdown(rows, made);
  console.log(table);
  if (values.json)
    writeFileSync(values.json, `${JSON.stringify({ command, commit, model: label, taxonomy, rows }, null, 2)}\n`);
  if (values.write) {
    writeFileSync(values.write, intoPage(existsSync(values.write) ? readFileSync(values.write, 'utf8') : '', table));
  }
}

try {
  const { dataset, task, from } = values;
  if (values.all) await all(from ?? fail('--all takes --from DIR.'));
  else if (dataset === undefined) fail('--dataset takes a folder.');
  else await one(dataset, tasks.find((name) => name === task) ?? fail(`--task takes one of ${tasks.join(', ')}.`));
  process.exit(0);
} catch (error) {
  if (!(error instanceof DatasetError)) throw error;
  console.error(error.message);
  process.exit(1);
}
