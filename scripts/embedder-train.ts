import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { rowOf } from '../functions/src/platform/local-embedder/rows.ts';
import { readExamples } from './embedder/examples.ts';
import { joinTables } from './embedder/join-tables.ts';
import { readParts } from './embedder/parts.ts';
import { trainSeeds } from './embedder/train-seeds.ts';
import { readVocabulary } from './embedder/vocabulary.ts';
import { withholdLabels } from './embedder/withhold.ts';
import { writeModel } from './embedder/write.ts';
import { readOptions } from './lib/options.ts';
import { wholeNumber } from './lib/whole-number.ts';

const help = `Usage: npm run embedder:train -- [--steps 9000] [--seed headhunter] [--seeds 4]
                                [--out functions/data] [--withhold]

Trains the local embedder from the taxonomy in functions/data/taxonomy, and from nothing else, and writes embedder.bin and
embedder.json. It trains --seeds times from different beginnings, as many at a time as there are cores, and joins what comes
of it: about 20 minutes on two cores that do nothing else. The same taxonomy and options give the same bytes.
--withhold leaves out one in 25 of the occupations' labels, and makes a model for npm run eco:calibrate to ask by these.`;

const values = readOptions(help, {
  steps: { type: 'string', default: '9000' },
  seed: { type: 'string', default: 'headhunter' },
  seeds: { type: 'string', default: '4' },
  out: { type: 'string', default: 'functions/data' },
  withhold: { type: 'boolean', default: false },
});

const shape = { dimensions: 128, rows: 65_536, ownRows: 49_152 };
const training = {
  seeds: Array.from({ length: wholeNumber('--seeds', values.seeds, 1, 16) }, (_, i) => `${values.seed}-${i + 1}`),
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
const { seeds, ...settings } = { ...training, ...shape };
const tables = await trainSeeds(examples, vocabulary, settings, seeds, (line) => console.log(line));
const table = joinTables(tables, vocabulary, shape.dimensions);
mkdirSync(values.out, { recursive: true });
const { bytes, sha256 } = writeModel(
  pathToFileURL(`${path.resolve(values.out)}/`),
  { model: 'static-2', ...shape, taxonomy: version, training, hashes: vocabulary.hashes, idf: vocabulary.idf, table },
  parts.occupations,
);
console.log(`embedder.bin: ${bytes} bytes, sha256 ${sha256}`);
