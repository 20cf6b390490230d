import { joinRunningStack } from '../lib/stack-file.ts';

const wayOut = `Nothing says whose secrets are meant. Either start the stack of this machine (npm start), or name a project:
  SECRETS_PROJECT=my-project GCLOUD_PROJECT=my-project ROTATOR_DATABASE_URL=postgres://headhunter_rotator:...@... npm run secrets -- status
with \`gcloud auth application-default login\` done before, and REDIS_URL so that every instance hears of a change at once.`;

/** Points this process at the secrets that the environment names, else at those of the running `npm start`. */
export function connectSecrets(): void {
  if (!process.env['SECRETS_PROJECT'] && !process.env['SECRETS_FILE']) joinRunningStack(wayOut);
}
