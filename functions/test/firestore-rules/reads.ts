import {
  collection,
  collectionGroup,
  doc,
  type Firestore,
  getCountFromServer,
  getDocFromServer,
  getDocsFromServer,
  limit,
  onSnapshot,
  type Query,
  query,
  where,
} from 'firebase/firestore';

const narrowed = (all: Query, field?: string, value?: string, most: number | null = 10): Query =>
  query(all, ...(field === undefined ? [] : [where(field, '==', value)]), ...(most === null ? [] : [limit(most)]));

/** The ways a client's library reads. Queries ask for ten documents unless another number, or null for no limit, is given. */
export const read = {
  document: (path: string) => (database: Firestore) => getDocFromServer(doc(database, path)),
  page: (path: string, field?: string, value?: string, most?: number | null) => (database: Firestore) =>
    getDocsFromServer(narrowed(collection(database, path), field, value, most)),
  group: (id: string, field?: string, value?: string) => (database: Firestore) =>
    getDocsFromServer(narrowed(collectionGroup(database, id), field, value)),
  count: (path: string, most: number | null) => (database: Firestore) =>
    getCountFromServer(narrowed(collection(database, path), undefined, undefined, most)),
  countOfGroup: (id: string) => (database: Firestore) => getCountFromServer(narrowed(collectionGroup(database, id))),
  /** Until the first answer. */
  live: (path: string) => (database: Firestore) =>
    new Promise<void>((resolve, reject) => {
      const stop = onSnapshot(
        doc(database, path),
        () => {
          stop();
          resolve();
        },
        reject,
      );
    }),
};
