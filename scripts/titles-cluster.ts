/** `npm run titles:cluster`: clusters a tenant's titles and keeps what could be published as a proposal. */

import { writeFileSync } from 'node:fs';
import { TenantId } from '../functions/src/contract/ids.ts';
import { draftToolNames } from '../functions/src/domain/titles/draft-proposal.ts';
import { defaultParameters } from '../functions/src/domain/titles/parameters.ts';
import { proposeTitles } from '../functions/src/domain/titles/propose-titles.ts';
import { byScript } from './lib/by-script.ts';
import { readOptions } from './lib/options.ts';
import { joinRunningStack } from './lib/stack-file.ts';
import { parametersOf } from './titles-cluster/parameters.ts';
import { printProposal } from './titles-cluster/print.ts';

const help = `Usage: npm run titles:cluster -- --tenant ID [--eps ${defaultParameters.eps}] [--radius ${defaultParameters.radius}] [--min-samples ${defaultParameters.minSamples}]
         [--min-uses ${defaultParameters.minUses}] [--most-titles ${defaultParameters.mostTitles}] [--locale pt-BR] [--country BR] [--json FILE] [--dry-run]

Clusters the titles of the tenant's careers and advertisements, and proposes names and templates for occupations. The proposal
takes the place of the one that was open; nothing counts until an administrator publishes it (admin.review-titles).

  --eps          how near titles of one cluster are to a neighbour: cosine distance, 0 to 1
  --radius       how far from its representative a cluster reaches; a wider one is clustered anew
  --min-samples  uses of a title and its neighbours that make a cluster
  --min-uses     uses of a title below which it is left aside
  --most-titles  the commonest titles that are clustered, at most 5000
  --json FILE    the whole proposal
  --dry-run      prints and writes nothing

Works on DATABASE_URL and GCLOUD_PROJECT of the environment, else on the \`npm start\` that is running here.
Ends with code 0, with 1 when the tenant has no titles to cluster, with 2 when it could not go on.`;

function fail(line: string): never {
  console.error(`titles:cluster: ${line}`);
  process.exit(2);
}

const options = readOptions(help, {
  tenant: { type: 'string' },
  eps: { type: 'string' },
  radius: { type: 'string' },
  'min-samples': { type: 'string' },
  'min-uses': { type: 'string' },
  'most-titles': { type: 'string' },
  locale: { type: 'string' },
  country: { type: 'string' },
  json: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
});
const tenant = TenantId.safeParse(options.tenant).data ?? fail('--tenant takes an id');
const parameters = parametersOf(options, fail);

try {
  if (!process.env['DATABASE_URL'])
    joinRunningStack('set DATABASE_URL and GCLOUD_PROJECT, or start the stack: npm start');
  const by = byScript('titles:cluster');
  const { tenanciesOf } = await import('../functions/src/stores/tenancies.ts');
  if ((await tenanciesOf(by).findById(tenant))?.status !== 'active') fail(`there is no active tenant ${tenant}`);
  const { openTools } = await import('../functions/src/middleware/tools.ts');
  const tools = await openTools(draftToolNames, { tenant, scopes: new Set() }, by);
  const run = await proposeTitles({ ...tools, now: new Date() }, parameters, { dryRun: options['dry-run'] });
  if (!run) {
    console.log(`${tenant} has no title that is used ${parameters.minUses} times: nothing was written`);
    process.exit(1);
  }
  printProposal(run.draft);
  if (options.json) writeFileSync(options.json, `${JSON.stringify({ ...run.kept, ...run.draft }, null, 2)}\n`);
  console.log(
    run.kept
      ? `\nProposal ${run.kept.proposalId}, version ${run.kept.version}, waits for review: admin.get-title-proposal shows it.`
      : '\nA dry run: nothing was written.',
  );
} catch (error) {
  fail((error as Error).message);
}
process.exit(0);
