import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Firestore } from 'firebase-admin/firestore';
import { type FirestoreEmulator, startFirestoreEmulator } from './firestore-emulator.ts';
import { findFirestoreJar, findJava } from './firestore-jar.ts';
import { projectId } from './project.ts';

const rules = fileURLToPath(new URL('../../firestore.rules', import.meta.url));

/**
 * `google-emulator`: reached through FIRESTORE_EMULATOR_HOST, rules enforced, data kept in `dir`.
 * `in-process`: for this process only, without rules, forgotten at the end; `because` says why.
 */
export type LocalFirestore =
  | ({ readonly kind: 'google-emulator' } & FirestoreEmulator)
  | {
      readonly kind: 'in-process';
      readonly because: string;
      /** A client of the one in-process database; each call gives another client of the same data. */
      firestore(): Firestore;
      save(): Promise<void>;
      stop(): Promise<void>;
    };

/** Starts Google's emulator if Java and its jar are found and it starts; otherwise Firestore in this process. */
export async function startFirestore({ dir }: { dir?: string } = {}): Promise<LocalFirestore> {
  const java = findJava();
  if (!java) return await startInProcess('Java was not found');
  const jar = await findFirestoreJar();
  if (!jar) return await startInProcess("Google's Firestore emulator was not found");
  try {
    const kept = dir === undefined ? undefined : path.resolve(dir);
    return { kind: 'google-emulator', ...(await startFirestoreEmulator({ java, jar, rules, dir: kept })) };
  } catch (error) {
    return await startInProcess(error instanceof Error ? error.message : String(error));
  }
}

/** Firestore in this process, on its own. */
export async function startInProcess(because: string): Promise<LocalFirestore & { kind: 'in-process' }> {
  const { FirestoreMock } = await import('@firebase-bridge/firestore-admin');
  const environment = new FirestoreMock();
  let last = 0;
  // It tells writes apart by their time: two within one millisecond would lose an update.
  environment.systemTime.custom(() => {
    last = Math.max(last + 1, Date.now());
    return new Date(last);
  });
  const database = environment.createDatabase(projectId, '(default)');
  return {
    kind: 'in-process',
    because,
    firestore: () => database.firestore() as unknown as Firestore,
    save: async () => {},
    stop: async () => environment.deleteAll(),
  };
}
