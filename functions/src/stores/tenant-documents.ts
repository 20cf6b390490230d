import type { CollectionReference, DocumentReference } from 'firebase-admin/firestore';
import { type AuditHead, auditGenesis } from '../contract/audit.ts';
import type { TenantId } from '../contract/ids.ts';
import { openFirestore } from '../platform/firestore.ts';
import { forgetAccess } from './access.ts';

/** The documents of one tenant in Firestore, all of them. For the operator only. */
export interface TenantDocuments {
  /** The collections right below the tenant, by name. */
  collections(): Promise<string[]>;
  /** One JSON text a document, with what lies below it; secrets and their hashes are left out. By id, after the one named. */
  page(
    collection: string,
    after: string | null,
    limit: number,
  ): Promise<{ readonly rows: readonly string[]; readonly next: string | null }>;
  /** The tenant's own document as JSON. */
  own(): Promise<string>;
  /** How many documents there are, the tenant's own among them. */
  count(): Promise<number>;
  erase(): Promise<void>;
  /** The end of the chain of the administration's audit log. */
  auditHead(): Promise<AuditHead>;
}

// Flat and long: looking below each of their documents would be a question for each.
const flat = new Set(['audit']);
/** Chains are exported with their hashes, which are what makes them verifiable. */
const verbatim = new Set(['audit', 'ledger']);
const isSecret = (field: string) => /hash$|^secret$|^password/i.test(field);

export function tenantDocumentsOf(tenant: TenantId): TenantDocuments {
  const root = async () => (await openFirestore()).doc(`tenants/${tenant}`);
  return {
    async collections() {
      return (await (await root()).listCollections()).map(({ id }) => id).sort();
    },
    async page(collection, after, limit) {
      const query = (await root()).collection(collection).orderBy('__name__').limit(limit);
      const { docs } = await (after === null ? query : query.startAfter(after)).get();
      const rows: string[] = [];
      for (const doc of docs)
        rows.push(JSON.stringify({ id: doc.id, ...(await tree(doc.ref, doc.data(), collection)) }));
      return { rows, next: docs.length === limit ? (docs.at(-1)?.id ?? null) : null };
    },
    async own() {
      const snapshot = await (await root()).get();
      return JSON.stringify(withoutSecrets(snapshot.data() ?? {}));
    },
    async count() {
      return countBelow(await root());
    },
    async erase() {
      const firestore = await openFirestore();
      await firestore.recursiveDelete(await root());
      await forgetAccess(tenant);
    },
    async auditHead() {
      const snapshot = await (await root()).collection('ledger').doc('head').get();
      return (snapshot.data() as AuditHead | undefined) ?? auditGenesis;
    },
  };
}

interface Tree {
  readonly document: unknown;
  readonly below?: Readonly<Record<string, readonly (Tree & { readonly id: string })[]>>;
}

async function tree(ref: DocumentReference, data: unknown, collection: string): Promise<Tree> {
  const document = verbatim.has(collection) ? data : withoutSecrets(data);
  const collections = flat.has(collection) ? [] : await ref.listCollections();
  if (collections.length === 0) return { document };
  const below = await Promise.all(collections.map(async (one) => [one.id, await branch(one)] as const));
  return { document, below: Object.fromEntries(below) };
}

async function branch(collection: CollectionReference): Promise<(Tree & { id: string })[]> {
  const trees: (Tree & { id: string })[] = [];
  for (const ref of await collection.listDocuments()) {
    const data = (await ref.get()).data() ?? {};
    trees.push({ id: ref.id, ...(await tree(ref, data, collection.id)) });
  }
  return trees;
}

function withoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([field]) => !isSecret(field));
  return Object.fromEntries(kept.map(([field, inner]) => [field, withoutSecrets(inner)]));
}

async function countBelow(ref: DocumentReference): Promise<number> {
  let total = (await ref.get()).exists ? 1 : 0;
  for (const collection of await ref.listCollections()) {
    if (flat.has(collection.id)) total += (await collection.count().get()).data().count;
    else for (const below of await collection.listDocuments()) total += await countBelow(below);
  }
  return total;
}
