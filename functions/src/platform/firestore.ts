import type { Firestore } from 'firebase-admin/firestore';
import { openApp } from './firebase-app.ts';

let opened: Promise<Firestore> | undefined;

/** The project's Firestore, opened at first use. */
export function openFirestore(): Promise<Firestore> {
  opened ??= (async () => {
    const { getFirestore } = await import('firebase-admin/firestore');
    return getFirestore(await openApp());
  })();
  return opened;
}

/** Puts an in-process Firestore in the place of the real one: for one machine without Java. */
export function provideFirestore(instance: Firestore): void {
  opened = Promise.resolve(instance);
}

/**
 * Adds to some numbers of a document and raises others to at least the given ones, in one write that reads nothing, so that
 * any number of writers never wait for each other. What is not there yet begins at the given number.
 */
export async function addAndRaise(
  path: string,
  add: Readonly<Record<string, number>>,
  raise: Readonly<Record<string, number>>,
): Promise<void> {
  const { FieldValue } = await import('firebase-admin/firestore');
  const firestore = await openFirestore();
  const document = firestore.doc(path);
  const added = Object.entries(add).map(([field, by]) => [field, FieldValue.increment(by)]);
  const raised = Object.entries(raise).map(([field, to]) => [field, FieldValue.maximum(to)]);
  try {
    await document.set(Object.fromEntries([...added, ...raised]), { merge: true });
  } catch (error) {
    // 12 is gRPC's "unimplemented": Firestore in this process knows no maximum.
    if ((error as { code?: unknown }).code !== 12) throw error;
    await firestore.runTransaction(async (tx) => {
      const known = await tx.get(document);
      const before = (field: string) => known.get(field) as number | undefined;
      const sums = Object.entries(add).map(([field, by]) => [field, (before(field) ?? 0) + by]);
      const greatest = Object.entries(raise).map(([field, to]) => [field, Math.max(before(field) ?? to, to)]);
      tx.set(document, Object.fromEntries([...sums, ...greatest]), { merge: true });
    });
  }
}
