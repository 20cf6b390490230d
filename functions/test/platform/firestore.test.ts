import type { Firestore } from 'firebase-admin/firestore';
import { startInProcess } from '../../../scripts/lib/firestore.ts';
import { addAndRaise, openFirestore, provideFirestore } from '../../src/platform/firestore.ts';

/** The emulator of this run, where there is one, and Firestore in this process. */
const stores: [string, () => Promise<Firestore>][] = [
  ...(process.env['FIRESTORE_EMULATOR_HOST']
    ? [['Google’s emulator', openFirestore] as [string, typeof openFirestore]]
    : []),
  ['Firestore in this process', async () => (await startInProcess('asked for')).firestore() as Firestore],
];

describe.each(stores)('%s', (name, open) => {
  it('adds and raises without losing what others write at the same moment', async () => {
    const firestore = await open();
    provideFirestore(firestore);
    const path = `tenants/raise/things/${name.length}-${Date.now()}`;
    await firestore.doc(path).set({ other: 'kept' });
    await Promise.all(Array.from({ length: 10 }, (_, i) => addAndRaise(path, { uses: i }, { at: 100 - i })));
    expect((await firestore.doc(path).get()).data()).toEqual({ other: 'kept', uses: 45, at: 100 });
  });
});
