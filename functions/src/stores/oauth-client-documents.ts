import type { Firestore, Transaction } from 'firebase-admin/firestore';
import { z } from 'zod';
import { type ClientId, CredentialId, type SealedCredential } from '../contract/credential.ts';
import { Problem } from '../contract/errors.ts';
import type { TenantId } from '../contract/ids.ts';
import type { DelegableScope } from '../contract/scopes.ts';
import { DelegatedScopes, Lifetime } from './credential-documents.ts';

const SecretDocument = z.object({ secretId: CredentialId, prefix: z.string(), hash: z.string(), ...Lifetime });
type SecretDocument = z.infer<typeof SecretDocument>;

export const ClientDocument = z.object({
  name: z.string(),
  scopes: DelegatedScopes,
  status: z.enum(['active', 'revoked']),
  createdAt: z.string(),
  createdBy: z.string(),
  /** The one in use and, while a rotation overlaps, the one before it. */
  secrets: z.array(SecretDocument).max(2),
});
export type ClientDocument = z.infer<typeof ClientDocument>;

/** One version of a client's secret, but for its text and its hash. Times are ISO, in UTC. */
export type ClientSecret = Omit<SecretDocument, 'hash'>;
export interface OAuthClient extends Omit<ClientDocument, 'secrets'> {
  readonly clientId: ClientId;
  /** The oldest first. */
  readonly secrets: readonly ClientSecret[];
}

export interface NewOAuthClient {
  readonly name: string;
  readonly scopes: readonly DelegableScope[];
  /** The first secret's; later ones live as long. */
  readonly expiresAt: Date;
}

export const clientsPath = (tenant: TenantId) => `tenants/${tenant}/oauthClients`;

export function toClient(clientId: ClientId, { secrets, ...known }: ClientDocument): OAuthClient {
  return { clientId, ...known, secrets: secrets.map(({ hash: _, ...secret }) => secret) };
}

export function newSecret({ id, prefix, hash }: SealedCredential, expiresAt: Date, now: Date): SecretDocument {
  const end = expiresAt.toISOString();
  return { secretId: id, prefix, hash, createdAt: now.toISOString(), expiresAt: end, acceptedUntil: end };
}

/** The clients of a tenant as one transaction sees and changes them. */
export function clientsInside(tx: Transaction, firestore: Firestore, tenant: TenantId) {
  const all = firestore.collection(clientsPath(tenant));
  return {
    async byId(id: ClientId): Promise<ClientDocument> {
      const found = ClientDocument.safeParse((await tx.get(all.doc(id))).data()).data;
      if (!found) throw new Problem('credential.not_found');
      return found;
    },
    put(id: ClientId, document: ClientDocument): OAuthClient {
      tx.set(all.doc(id), document);
      return toClient(id, document);
    },
    count: async () => (await tx.get(all.where('status', '==', 'active'))).size,
  };
}
