import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { rowOf } from '../functions/src/platform/local-embedder/rows.ts';
import { readExamples } from './embedder/examples.ts';
import { readParts } from './embedder/parts.ts';
import { train } from './embedder/train.ts';
import { readVocabulary } from './embedder/vocabulary.ts';
import { withholdLabels } from './embedder/withhold.ts';
import { writeModel } from './embedder/write.ts';
import { wholeNumber } from './lib/whole-number.ts';

const help = `Usage: npm run embedder:train -- [--steps 5000] [--seed headhunter] [--out functions/data]
                                [--withhold]

Trains the local embedder from the taxonomy in functions/data/taxonomy, and from nothing else, and writes embedder.bin and
embedder.json. The same taxonomy, seed and steps give the same bytes. One core, about a minute for 1,000 steps on a quiet machine.
--withhold leaves out one in 25 of the occupations' labels, and makes a model for npm run eco:calibrate to ask by these.`;

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '5000' },
    seed: { type: 'string', default: 'headhunter' },
    out: { type: 'string', default: 'functions/data' },
    withhold: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(help);
  process.exit(0);
}

const shape = { dimensions: 128, rows: 65_536, ownRows: 49_152 };
const training = {
  seed: values.seed,
  batch: 256,
  steps: wholeNumber('--steps', values.steps, 1, 1_000_000),
  learningRate: [0.05, 0.005] as const,
  ...(values.withhold && { withheld: true }),
};

const { version, parts: all } = await readParts();
const parts = values.withhold ? { ...all, occupations: withholdLabels(all.occupations).occupations } : all;
const examples = readExamples(parts);
const vocabulary = readVocabulary(examples.texts, (rank, hash) => rowOf(rank, hash, shape));
console.log(
  `taxonomy ${version}: ${examples.texts.length} texts, ${vocabulary.hashes.length} features, ${examples.relations.length} kinds of pairs`,
);
const table = train(examples, vocabulary, { ...training, ...shape }, (line) => console.log(line));
mkdirSync(values.out, { recursive: true });
const { bytes, sha256 } = writeModel(
  pathToFileURL(`${path.resolve(values.out)}/`),
  { model: 'static-2', ...shape, taxonomy: version, training, hashes: vocabulary.hashes, idf: vocabulary.idf, table },
  parts.occupations,
);
console.log(`embedder.bin: ${bytes} bytes, sha256 ${sha256}`);
