import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { calibrate } from './eco-calibrate/run.ts';
import { rounded } from './lib/figures.ts';
import { readOptions } from './lib/options.ts';
import { bold, table } from './lib/terminal.ts';
import { wholeNumber } from './lib/whole-number.ts';

const help = `Usage: npm run eco:calibrate -- --model DIR [--misspelt 1500] [--json FILE]

Asks for occupations by labels that neither the index nor the model in DIR has seen (npm run embedder:train -- --withhold --out DIR),
and by labels misspelt; prints the numbers of title-meaning.ts and weigh-meaning.ts that fit, and how well those in use do.`;

const values = readOptions(help, {
  model: { type: 'string' },
  misspelt: { type: 'string', default: '1500' },
  json: { type: 'string' },
});
if (values.model === undefined) {
  console.error('--model takes the folder of a model trained with --withhold. See --help.');
  process.exit(2);
}
const result = await calibrate(
  pathToFileURL(`${path.resolve(values.model)}/`),
  wholeNumber('--misspelt', values.misspelt, 10, 10_000),
);

console.log(bold(`\nlikelihood of the nearest occupation, taxonomy ${result.taxonomy}`));
console.log(`slope ${rounded(result.fit.slope, 2)}, even at a cosine of ${rounded(result.fit.even, 3)}`);
console.log(bold('\nletters alone, and with meaning'));
console.log(
  table(
    ['titles', 'asked', '@1', '@5', 'Brier', 'with meaning @1', '@5', 'Brier'],
    result.kinds.map(({ kind, letters: a, both: b }) => [kind, a.asked, a.at1, a.at5, a.brier, b.at1, b.at5, b.brier]),
  ),
);
console.log(bold('\nshares of meaning'));
console.log(
  table(
    ['far', 'near', 'greatest', 'withheld @1', '@5', 'Brier', 'misspelt @1', '@5', 'Brier'],
    result.grid.map(({ far, near, greatest, withheld: a, misspelt: b }) => [
      ...[far, near, greatest, a.at1, a.at5, a.brier],
      ...[b.at1, b.at5, b.brier],
    ]),
  ),
);
console.log(bold('\nfirst answers to withheld labels in whose ranking meaning has a share'));
for (const [name, rows] of Object.entries(result.reliability)) {
  const cells = rows.map(({ from, answers, right }) => [from, answers, right]);
  console.log(`${table([`confidence from (${name})`, 'answers', 'right'], cells)}\n`);
}
if (values.json) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
