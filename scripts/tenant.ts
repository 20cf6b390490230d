/** `npm run tenant -- <command>`: tenants, their members, keys and clients, by hand. */

import { userInfo } from 'node:os';
import { isNativeError } from 'node:util/types';
import { Command } from 'commander';
import { ZodError } from 'zod';
import type { OperatorTools } from '../functions/src/context.ts';
import { catalogue, Problem } from '../functions/src/contract/errors.ts';
import { connect } from './tenant/connect.ts';
import { credentials } from './tenant/credentials.ts';
import { lifecycle } from './tenant/lifecycle.ts';
import { people } from './tenant/people.ts';

/** Connects for one command, on behalf of whoever `--as` names. */
export type Opened = (command: Command) => Promise<{ operator: OperatorTools; json: boolean; actor: string }>;

const examples = `
Works on the stores of a running \`npm start\`, or of the project that GCLOUD_PROJECT and OPERATOR_DATABASE_URL name. What is
done is in the audit log of the tenant and of the operators, under the name of --as or of whoever is logged in.

Examples:
  npm run tenant -- bootstrap --email olga@example.com
  npm run tenant -- create acme --name "Acme Talentos" --admin ana@acme.example
  npm run tenant -- members invite acme rui@acme.example --roles recruiter,auditor
  npm run tenant -- keys create acme --name "ATS import" --scopes candidates:write --days 90
  npm run tenant -- keys rotate acme 0123456789abcdef01234567 --overlap 86400
  echo "$GOOGLE_KEY" | npm run tenant -- keys register acme --name gateway
  npm run tenant -- clients create acme --name "Vagas" --json
  npm run tenant -- suspend acme
  npm run tenant -- offboard acme --yes-erase acme`;

const program = new Command('npm run tenant --')
  .description('Makes, changes and ends tenants, their members, API keys and OAuth clients.')
  .option('--json', 'print JSON instead of tables', false)
  .option('--as <actor>', 'whom the audit log names', userInfo().username)
  .showHelpAfterError('(--help tells more)')
  .addHelpText('after', examples);

const opened: Opened = async (command) => {
  const { json, as: actor } = program.opts<{ json: boolean; as: string }>();
  const names = [command.parent?.name(), command.name()].filter((name) => name !== program.name());
  return { operator: await connect(names.join(' '), actor), json, actor };
};
lifecycle(program, opened);
people(program, opened);
credentials(program, opened);
for (const command of [program, ...program.commands.flatMap((one) => [one, ...one.commands])])
  command.configureHelp({ showGlobalOptions: true });

try {
  await program.parseAsync();
  process.exit(0);
} catch (error) {
  console.error(`headhunter: ${wordsOf(error)}`);
  process.exit(1);
}

function wordsOf(error: unknown): string {
  if (error instanceof Problem) {
    const details = (error.details ?? []).map(({ path, message }) => `\n  ${path}: ${message}`).join('');
    return `${error.message} (${error.code})${details}\n${catalogue[error.code].fix}`;
  }
  if (error instanceof ZodError)
    return error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': ')).join('\n');
  return isNativeError(error) ? error.message : String(error);
}
