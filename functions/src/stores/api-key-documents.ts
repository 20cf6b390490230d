import type { Firestore, Transaction } from 'firebase-admin/firestore';
import { z } from 'zod';
import { CredentialId, type SealedCredential } from '../contract/credential.ts';
import { Problem } from '../contract/errors.ts';
import type { TenantId } from '../contract/ids.ts';
import type { DelegableScope } from '../contract/scopes.ts';
import { conflict, DelegatedScopes, isAccepted, Lifetime } from './credential-documents.ts';

export const KeyDocument = z.object({
  name: z.string(),
  prefix: z.string(),
  hash: z.string(),
  scopes: DelegatedScopes,
  callsPerSecond: z.number().positive().nullable(),
  status: z.enum(['active', 'revoked']),
  createdBy: z.string(),
  ...Lifetime,
  replaces: CredentialId.nullable(),
  replacedBy: CredentialId.nullable(),
});
export type KeyDocument = z.infer<typeof KeyDocument>;

/** All that is known of a key, but for its text and its hash. Times are ISO, in UTC. */
export interface ApiKey extends Omit<KeyDocument, 'hash'> {
  readonly keyId: CredentialId;
}

export interface NewApiKey {
  readonly name: string;
  readonly scopes: readonly DelegableScope[];
  readonly callsPerSecond: number | null;
  readonly expiresAt: Date;
}

export const keysPath = (tenant: TenantId) => `tenants/${tenant}/apiKeys`;

export function toKey(keyId: CredentialId, { hash: _, ...known }: KeyDocument): ApiKey {
  return { keyId, ...known };
}

export function newKey(sealed: SealedCredential, settings: NewApiKey, createdBy: string, now: Date): KeyDocument {
  const { name, scopes, callsPerSecond } = settings;
  const [createdAt, expiresAt] = [now.toISOString(), settings.expiresAt.toISOString()];
  const { prefix, hash } = sealed;
  const origin = { createdBy, createdAt, expiresAt, acceptedUntil: expiresAt, replaces: null, replacedBy: null };
  return { name, prefix, hash, scopes: [...scopes], callsPerSecond, status: 'active', ...origin };
}

/** What an audit entry says of a key. */
export const keyDetails = ({ scopes, callsPerSecond, expiresAt }: ApiKey) => ({
  scopes: scopes.join(' '),
  expiresAt,
  ...(callsPerSecond !== null && { callsPerSecond }),
});

/** @throws Problem `credential.conflict` when `key` cannot be replaced now; `before` is the key that it replaced itself */
export function refuseRotation(key: KeyDocument, before: KeyDocument | null, now: Date): void {
  if (key.prefix === 'AIza') throw conflict('keyId', 'a key of Google’s is replaced by registering another');
  if (key.status === 'revoked') throw conflict('keyId', 'is revoked');
  if (key.replacedBy) throw conflict('keyId', `was replaced by ${key.replacedBy}`);
  if (!isAccepted(key, now)) throw conflict('keyId', 'has expired');
  if (before && isAccepted(before, now))
    throw conflict('keyId', `is itself replacing ${key.replaces} until ${before.acceptedUntil}`);
}

/** The keys of a tenant as one transaction sees and changes them. */
export function keysInside(tx: Transaction, firestore: Firestore, tenant: TenantId) {
  const all = firestore.collection(keysPath(tenant));
  const find = async (id: CredentialId) => KeyDocument.safeParse((await tx.get(all.doc(id))).data()).data ?? null;
  return {
    find,
    async byId(id: CredentialId): Promise<KeyDocument> {
      const found = await find(id);
      if (!found) throw new Problem('credential.not_found');
      return found;
    },
    put(id: CredentialId, document: KeyDocument): ApiKey {
      tx.set(all.doc(id), document);
      return toKey(id, document);
    },
    /** Keys that are accepted and have no successor. */
    async count(now: Date): Promise<number> {
      const { docs } = await tx.get(all.where('acceptedUntil', '>', now.toISOString()));
      return docs.filter((one) => one.get('replacedBy') === null).length;
    },
  };
}
