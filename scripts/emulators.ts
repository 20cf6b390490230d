/**
 * `npm run emulators`: the compiled functions in Firebase's own emulators (functions, auth, tasks), on the embedded
 * Postgres and Google's Firestore emulator, without network. For what `npm start` cannot show: how Firebase discovers,
 * names and loads what we deploy. The functions emulator does not verify ID tokens, so never test authentication here.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startEmbeddedPostgres } from './lib/embedded-postgres.ts';
import { startFirestore } from './lib/firestore.ts';
import { migrate } from './lib/migrate.ts';
import { projectId, region } from './lib/project.ts';

const root = path.resolve(import.meta.dirname, '..');
const functions = path.join(root, 'functions');
const manifest = path.join(functions, 'functions.yaml');
const secrets = path.join(functions, '.secret.local');
const offline = { CI: '1', METADATA_SERVER_DETECTION: 'none', npm_config_offline: 'true' };

const undo: (() => Promise<unknown>)[] = [];
let child: ReturnType<typeof spawn> | undefined;
let ending = false;

/** Runs a program of ours under this Node; `see` is given what it prints. Throws when it fails. */
async function runNode(
  args: readonly string[],
  { cwd = root, env = {}, see }: { cwd?: string; env?: Record<string, string>; see?: (text: string) => void } = {},
): Promise<void> {
  const options = { cwd, env: { ...process.env, ...env } };
  child = spawn(process.execPath, args, { ...options, stdio: ['ignore', see ? 'pipe' : 'inherit', 'inherit'] });
  child.stdout?.on('data', (chunk: Buffer) => see?.(chunk.toString()));
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0 && !ending)
    throw new Error(`${path.basename(args.find((arg) => !arg.startsWith('--')) ?? '')} ended with code ${code}`);
}

async function main(): Promise<void> {
  await runNode([path.join(root, 'scripts/build.ts')]);
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(root, '.local/postgres') });
  undo.push(() => postgres.stop());
  await migrate(postgres.url('postgres'));
  const firestore = await startFirestore({ dir: path.join(root, '.local/firestore') });
  undo.push(() => firestore.stop());
  if (firestore.kind === 'in-process') {
    throw new Error(
      `Firebase's emulators need Google's Firestore emulator, and ${firestore.because}; npm start works without`,
    );
  }
  const database = postgres.url('headhunter_runtime_a');
  undo.push(() => rm(secrets, { force: true }));
  await writeFile(secrets, `DATABASE_URL=${database}\nREDIS_URL=\n`, { mode: 0o600 });
  // Written before, so that the emulator need not start the code once more only to learn what is in it.
  undo.push(() => rm(manifest, { force: true }));
  const discover = path.join(root, 'node_modules/firebase-functions/lib/bin/firebase-functions.js');
  const told = { ...offline, FUNCTIONS_MANIFEST_OUTPUT_PATH: manifest, GCLOUD_PROJECT: projectId };
  await runNode([discover, '.'], { cwd: functions, env: told });

  const firebase = path.join(root, 'node_modules/firebase-tools/lib/bin/firebase.js');
  const hook = path.join(root, 'scripts/lib/lazy-validators.ts');
  const args = [
    `--import=${hook}`,
    firebase,
    'emulators:start',
    '--only',
    'functions,auth,tasks',
    '--project',
    projectId,
  ];
  let said = '';
  const see = (text: string) => {
    process.stdout.write(text);
    if (said.includes('All emulators ready')) return;
    said += text;
    if (said.includes('All emulators ready')) {
      process.stdout.write(
        `\nReady: http://127.0.0.1:5001/${projectId}/${region}/<function>   Ctrl-C stops everything.\n`,
      );
    }
  };
  await runNode(args, { env: { ...offline, FIRESTORE_EMULATOR_HOST: firestore.host }, see });
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    ending = true;
    // A terminal has told the child already; a second signal would make it drop what it is closing.
    if (signal === 'SIGTERM' || !process.stdin.isTTY) child?.kill('SIGINT');
  });
}

try {
  await main();
} catch (error) {
  if (!ending) process.stderr.write(`emulators: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = ending ? 0 : 1;
} finally {
  for (const step of undo.reverse()) await step();
}
