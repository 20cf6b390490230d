import {
  collection,
  deleteDoc,
  doc,
  type Firestore,
  getDocFromServer,
  getDocsFromServer,
  limit,
  query,
  setDoc,
  updateDoc,
} from 'firebase/firestore';
import { everybody } from './accounts.ts';
import { type Account, beside, ofTenant } from './seed.ts';

export const operations = ['get', 'list', 'create', 'update', 'delete'] as const;
export type Operation = (typeof operations)[number];

/** One document and its collection. */
type Subject = readonly [name: string, path: string];

const subjectsOf = (tenant: string, own: string): readonly Subject[] => [
  ['the tenant', `tenants/${tenant}`],
  ['their own member document', `tenants/${tenant}/members/${own}`],
  ['a colleague’s member document', `tenants/${tenant}/members/colleague`],
  ...Object.entries(ofTenant).map(
    ([name, documents]): Subject => [name, `tenants/${tenant}/${name}/${Object.keys(documents)[0]}`],
  ),
  ...Object.entries(beside).map(([name, documents]): Subject => [name, `${name}/${Object.keys(documents)[0]}`]),
  ['a collection of a tenant that nobody has heard of', `tenants/${tenant}/unheardOf/x`],
  ['a collection that nobody has heard of', 'unheardOf/x'],
];

/** All that somebody may do, by what they are. Whatever is not named is refused. */
const permitted: Readonly<Record<string, readonly string[]>> = {
  'the recruiter': ['get their own member document', 'get jobs', 'list jobs'],
  'the admin': [
    'get the tenant',
    'get their own member document',
    'list their own member document',
    'get a colleague’s member document',
    'list a colleague’s member document',
    'get jobs',
    'list jobs',
  ],
  'the auditor': [
    'get their own member document',
    'list their own member document',
    'get a colleague’s member document',
    'list a colleague’s member document',
    'get jobs',
    'list jobs',
  ],
  'the operator in their own tenant': ['get their own member document'],
};

/** One row: somebody, a document with its collection, and which of the five operations they are let do. */
export interface Row {
  readonly sentence: string;
  readonly who: Account | undefined;
  readonly path: string;
  readonly may: readonly Operation[];
}

/** Everybody before every collection. */
export const rows: readonly Row[] = Object.entries(everybody).flatMap(([name, { account, tenant }]) =>
  subjectsOf(tenant, account?.uid ?? 'admin').map(([subject, path]) => {
    const may = operations.filter((operation) => permitted[name]?.includes(`${operation} ${subject}`));
    const can = may.length > 0 ? `can ${may.join(' and ')}` : 'can neither read nor write';
    return { sentence: `${name} ${can} ${subject}`, who: account, path, may };
  }),
);

/** The five operations on a document and its collection, as a client's library sends them. */
export function perform(database: Firestore, operation: Operation, path: string): Promise<unknown> {
  const there = doc(database, path);
  switch (operation) {
    case 'get':
      return getDocFromServer(there);
    case 'list':
      return getDocsFromServer(query(collection(database, there.parent.path), limit(10)));
    case 'create':
      return setDoc(doc(there.parent, 'new'), { roles: ['admin'], status: 'active' });
    case 'update':
      return updateDoc(there, { status: 'active' });
    case 'delete':
      return deleteDoc(there);
  }
}
