/** `npm run taxonomy:load`: the artifact of functions/data/taxonomy into the reference tables of the database. */
import { withOperatorDatabase } from '../functions/src/platform/postgres.ts';
import { openTaxonomy } from '../functions/src/platform/taxonomy.ts';
import { runningStack } from './lib/stack-file.ts';
import { loadTaxonomy } from './taxonomy/load.ts';

if (process.argv.includes('--help')) {
  console.log(`Usage: OPERATOR_DATABASE_URL=postgres://headhunter_operator@... npm run taxonomy:load

Without OPERATOR_DATABASE_URL, the database of the stack that runs on this machine (npm start). Does nothing when the version
is there already; else puts it in the place of the earlier one, in one transaction.`);
  process.exit(0);
}
if (!process.env['OPERATOR_DATABASE_URL']) {
  const env = runningStack();
  if (!env) {
    console.error(
      'Nothing says which database to load into: set OPERATOR_DATABASE_URL, or start the stack (npm start).',
    );
    process.exit(2);
  }
  Object.assign(process.env, env);
}
const started = performance.now();
const taxonomy = await openTaxonomy();
const loaded = await withOperatorDatabase((database) => loadTaxonomy(taxonomy, database));
const { version } = taxonomy.manifest;
if (!loaded) console.log(`taxonomy ${version} is there already: nothing to do`);
else {
  for (const [table, rows] of Object.entries(loaded)) console.log(`${table}: ${rows} rows`);
  console.log(`taxonomy ${version} loaded in ${((performance.now() - started) / 1_000).toFixed(1)} s`);
}
process.exit(0);
