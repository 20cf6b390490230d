import { readFileSync } from 'node:fs';
import path from 'node:path';
import { initializeTestEnvironment, type RulesTestEnvironment } from '@firebase/rules-unit-testing';
import { type Firestore, setLogLevel } from 'firebase/firestore';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { type Account, type Fields, seed } from './seed.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const { firestore } = JSON.parse(readFileSync(path.join(root, 'firebase.json'), 'utf8'));

/** The rules that a deployment takes along. */
export const deployedRules: string = readFileSync(path.join(root, firestore.rules), 'utf8');

/** Only Google's emulator has rules: without it these tests are skipped, and the run says why (global-setup.ts). */
export const whereRulesAreEnforced = process.env['FIRESTORE_EMULATOR_HOST'] ? describe : describe.skip;

/** Rules that refuse nobody anything. */
export const openRules =
  "rules_version = '2'; service cloud.firestore { match /{all=**} { allow read, write: if true; } }";

/** A project of its own on Google's emulator, under `rules`, filled with the seed. */
export interface RulesWorld {
  /** Firestore as this account's browser sees it; without one, as anybody's. */
  as(account: Account | undefined): Firestore;
  /** As a function writes: no rule stands in its way. */
  merge(path: string, fields: Fields): Promise<void>;
  /** Puts every document of the seed back as it was. */
  refill(): Promise<void>;
  close(): Promise<void>;
}

export async function openRulesWorld(projectId: string, rules: string): Promise<RulesWorld> {
  setLogLevel('silent');
  const [host = '', port] = (process.env['FIRESTORE_EMULATOR_HOST'] ?? '').split(':');
  const environment = await initializeTestEnvironment({ projectId, firestore: { rules, host, port: Number(port) } });
  const browsers = new Map<Account | undefined, Firestore>();
  // As functions write: no rule stands in their way.
  const functions = initializeApp({ projectId }, projectId);
  const database = getFirestore(functions);
  const refill = async () => {
    const batch = database.batch();
    for (const [name, fields] of Object.entries(seed)) batch.set(database.doc(name), fields);
    await batch.commit();
  };
  await refill();
  return {
    as(account) {
      const open = browsers.get(account) ?? browserOf(environment, account);
      browsers.set(account, open);
      return open;
    },
    merge: async (name, fields) => {
      await database.doc(name).set(fields, { merge: true });
    },
    refill,
    async close() {
      await environment.cleanup();
      await deleteApp(functions);
    },
  };
}

function browserOf(environment: RulesTestEnvironment, account: Account | undefined): Firestore {
  const context = account
    ? environment.authenticatedContext(account.uid, account.token)
    : environment.unauthenticatedContext();
  return context.firestore() as unknown as Firestore;
}
