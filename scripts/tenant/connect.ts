import type { OperatorTools } from '../../functions/src/context.ts';
import { byScript } from '../lib/by-script.ts';
import { joinRunningStack } from '../lib/stack-file.ts';

const wayOut = `Nothing says which stores to work on. Either start the stack of this machine (npm start), or name a project:
  GCLOUD_PROJECT=my-project OPERATOR_DATABASE_URL=postgres://headhunter_operator@... npm run tenant -- list
with \`gcloud auth application-default login\` done before, and REDIS_URL so that every instance hears of a change at once.`;

/** What works across tenants, on behalf of `actor`: on the stores that the environment names, else on those of `npm start`. */
export async function connect(command: string, actor?: string): Promise<OperatorTools> {
  if (!process.env['OPERATOR_DATABASE_URL']) joinRunningStack(wayOut);
  const { operatorToolsOf } = await import('../../functions/src/middleware/operator-tools.ts');
  return operatorToolsOf(byScript(`tenant ${command}`, actor));
}
