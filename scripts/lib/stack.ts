import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { queues } from '../../functions/src/contract/queues.ts';
import { type AuthEmulator, startAuthEmulator } from './auth-emulator.ts';
import { type LocalDatabase, startDatabase } from './database.ts';
import { type LocalFirestore, startFirestore } from './firestore.ts';
import { keptSecrets } from './kept-secrets.ts';
import { projectId } from './project.ts';
import { keptSigningKey } from './signing-key.ts';
import { startTasksEmulator, type TasksEmulator } from './tasks-emulator.ts';

/** Everything the functions stand on, on this machine. */
export interface Stack {
  readonly database: LocalDatabase;
  readonly firestore: LocalFirestore;
  readonly auth: AuthEmulator;
  readonly tasks: TasksEmulator;
  /** What a process has to have in its environment to run functions on this stack. */
  readonly env: Readonly<Record<string, string>>;
  /** Ends every part, the last started first. */
  stop(): Promise<void>;
}

/** Starts database, Firestore, Auth and Tasks at once; `stateDir` keeps the first two between runs, `say` hears of each. */
export async function startStack({
  stateDir,
  say = () => {},
}: {
  stateDir?: string;
  say?: (line: string) => void;
} = {}): Promise<Stack> {
  const within = (name: string) => (stateDir === undefined ? undefined : path.join(stateDir, name));
  const dataDir = within('postgres');
  const firestoreDir = within('firestore');
  const [database, firestore, auth, tasks] = await allOrNone([
    startDatabase(dataDir === undefined ? {} : { dataDir }).then(tell(say, (it) => `Postgres: ${it.kind}, migrated`)),
    startFirestore(firestoreDir === undefined ? {} : { dir: firestoreDir }).then(
      tell(
        say,
        (it) =>
          `Firestore: ${it.kind === 'in-process' ? `in this process (${it.because})` : `Google's emulator at ${it.host}`}`,
      ),
    ),
    startAuthEmulator().then(tell(say, (it) => `Auth: Firebase's emulator at ${it.host}`)),
    startQueues().then(tell(say, (it) => `Tasks: Firebase's emulator at ${it.host}`)),
  ]);
  const signingKey = await keptSigningKey(within('oauth-signing-key.json'));
  const secretsDir = stateDir ?? mkdtempSync(path.join(tmpdir(), 'headhunter-'));
  const secretsFile = path.join(secretsDir, 'secret.local');
  const secrets = await keptSecrets(secretsFile, {
    DATABASE_URL: database.url('headhunter_runtime_a'),
    OAUTH_SIGNING_KEY: JSON.stringify(signingKey),
  });
  return {
    database,
    firestore,
    auth,
    tasks,
    env: {
      GCLOUD_PROJECT: projectId,
      METADATA_SERVER_DETECTION: 'none',
      ...secrets,
      SECRETS_FILE: secretsFile,
      OPERATOR_DATABASE_URL: database.url('headhunter_operator'),
      ROTATOR_DATABASE_URL: database.url('headhunter_rotator'),
      FIREBASE_AUTH_EMULATOR_HOST: auth.host,
      CLOUD_TASKS_EMULATOR_HOST: tasks.host,
      ...(firestore.kind === 'google-emulator' && { FIRESTORE_EMULATOR_HOST: firestore.host }),
    },
    async stop() {
      await Promise.allSettled([tasks.stop(), auth.stop(), firestore.stop()]);
      await database.stop();
      if (stateDir === undefined) rmSync(secretsDir, { recursive: true, force: true });
    },
  };
}

async function startQueues(): Promise<TasksEmulator> {
  const tasks = await startTasksEmulator();
  for (const [name, queue] of Object.entries(queues)) await tasks.createQueue({ name, ...queue });
  return tasks;
}

function tell<T>(say: (line: string) => void, line: (it: T) => string): (it: T) => T {
  return (it) => {
    say(line(it));
    return it;
  };
}

/** All results, or the first error once whatever did start has been stopped again. */
async function allOrNone<T extends readonly { stop(): Promise<void> }[]>(
  starting: { [K in keyof T]: Promise<T[K]> },
): Promise<T> {
  const settled = await Promise.allSettled(starting);
  const failed = settled.find((one) => one.status === 'rejected');
  if (!failed) return settled.map((one) => (one as PromiseFulfilledResult<unknown>).value) as unknown as T;
  await Promise.allSettled(
    settled.map((one) => (one.status === 'fulfilled' ? (one.value as T[number]).stop() : undefined)),
  );
  throw failed.reason;
}
