import type { DocumentReference } from 'firebase-admin/firestore';
import { openFirestore } from '../src/platform/firestore.ts';

/** Everything that Firestore holds below a tenant, as one text. */
export async function dumpOf(tenant: string): Promise<string> {
  const dump = async (document: DocumentReference): Promise<unknown[]> => {
    const collections = await document.listCollections();
    const documents = (await Promise.all(collections.map((one) => one.get()))).flatMap(({ docs }) => docs);
    const below = await Promise.all(documents.map(({ ref }) => dump(ref)));
    return [document.path, (await document.get()).data(), ...below];
  };
  return JSON.stringify(await dump((await openFirestore()).doc(`tenants/${tenant}`)));
}
