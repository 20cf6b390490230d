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
