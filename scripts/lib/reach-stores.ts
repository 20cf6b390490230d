import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Firestore } from 'firebase-admin/firestore';
import { startDatabase } from './database.ts';
import { startFirestore } from './firestore.ts';
import { claimPidFile } from './pid-file.ts';
import { projectId } from './project.ts';
import { runningStack } from './stack-file.ts';

const stateDir = path.resolve(import.meta.dirname, '../../.local');
const pidFile = path.join(stateDir, 'start.pid');

/**
 * Points this process at Postgres and Firestore: those the environment names by OPERATOR_DATABASE_URL, else those of the
 * `npm start` that is running, else its data in .local, opened until the returned function is called.
 * @throws Error when none of the three is there, naming the remedy
 */
export async function reachStores(): Promise<() => Promise<void>> {
  if (process.env['OPERATOR_DATABASE_URL']) return async () => {};
  const running = runningStack();
  if (running) {
    Object.assign(process.env, running);
    return async () => {};
  }
  if (!existsSync(path.join(stateDir, 'postgres')))
    throw new Error('OPERATOR_DATABASE_URL is not set, and there is nothing in .local: run npm start once');
  return openKept();
}

async function openKept(): Promise<() => Promise<void>> {
  const release = claimPidFile(pidFile);
  const database = await startDatabase({ dataDir: path.join(stateDir, 'postgres') });
  const firestore = await startFirestore({ dir: path.join(stateDir, 'firestore') });
  process.env['GCLOUD_PROJECT'] = projectId;
  process.env['METADATA_SERVER_DETECTION'] = 'none';
  process.env['OPERATOR_DATABASE_URL'] = database.url('headhunter_operator');
  if (firestore.kind === 'google-emulator') process.env['FIRESTORE_EMULATOR_HOST'] = firestore.host;
  else {
    const { provideFirestore } = await import('../../functions/src/platform/firestore.ts');
    provideFirestore(firestore.firestore() as Firestore);
  }
  return async () => {
    await firestore.stop();
    await database.stop();
    release();
  };
}
