import type { Attribution } from '../context.ts';
import {
  type ClientId,
  type CredentialId,
  isSameHash,
  makeClientId,
  recogniseCredential,
  type SealedCredential,
  sealCredential,
} from '../contract/credential.ts';
import { Problem } from '../contract/errors.ts';
import type { TenantId } from '../contract/ids.ts';
import type { Scope } from '../contract/scopes.ts';
import { openFirestore } from '../platform/firestore.ts';
import { accessRead } from './access.ts';
import { changeAccess } from './change-access.ts';
import { conflict, endedBy, isAccepted, limit as limitReached } from './credential-documents.ts';
import { type CredentialUse, noteUse, usesOf } from './credential-uses.ts';
import {
  ClientDocument,
  type ClientSecret,
  clientsInside,
  clientsPath,
  type NewOAuthClient,
  newSecret,
  type OAuthClient,
  toClient,
} from './oauth-client-documents.ts';

const mostClients = 20;

/** Where a list goes on: the last client's `createdAt` and id. */
export interface ClientPosition {
  readonly createdAt: string;
  readonly clientId: ClientId;
}

export interface ListedClient extends Omit<OAuthClient, 'secrets'> {
  readonly secrets: readonly (ClientSecret & CredentialUse)[];
}

/** The OAuth clients of one tenant. Every change is in its audit log. */
export interface OAuthClients {
  /** With its first secret. @throws Problem `credential.limit` */
  create(secret: SealedCredential, settings: NewOAuthClient, now: Date): Promise<OAuthClient>;
  /** @throws Problem `credential.not_found` */
  byId(clientId: ClientId): Promise<OAuthClient>;
  /** Newest first. */
  list(limit: number, after?: ClientPosition): Promise<ListedClient[]>;
  /**
   * A second secret with the lifetime of the first, which itself is accepted for `overlapSeconds` more.
   * @throws Problem `credential.not_found`; `credential.conflict` when the client is revoked or has two secrets
   */
  rotate(clientId: ClientId, secret: SealedCredential, overlapSeconds: number, now: Date): Promise<OAuthClient>;
  /** Ends one secret of the client before its time; done again it changes nothing. @throws Problem `credential.not_found` */
  endSecret(clientId: ClientId, secretId: CredentialId, now: Date): Promise<OAuthClient>;
  /** At once and for good; done again it changes nothing. @throws Problem `credential.not_found` */
  revoke(clientId: ClientId, now: Date): Promise<OAuthClient>;
}

/** A client that is not revoked, as the token endpoint needs it: scopes, and hashes to hold a secret against. */
export interface KnownClient {
  readonly tenant: TenantId;
  readonly clientId: ClientId;
  readonly scopes: readonly Scope[];
  readonly secrets: ClientDocument['secrets'];
}

async function readClient(tenant: TenantId, clientId: string): Promise<ClientDocument | null> {
  const snapshot = await (await openFirestore()).doc(`${clientsPath(tenant)}/${clientId}`).get();
  return ClientDocument.safeParse(snapshot.data()).data ?? null;
}
const knownClient = accessRead(readClient);

/** The client as it was at most ten seconds ago; null when the tenant has none of this id, or it is revoked. */
export async function findOAuthClient(tenant: TenantId, clientId: ClientId): Promise<KnownClient | null> {
  const known = await knownClient(tenant, clientId);
  if (known?.status !== 'active') return null;
  return { tenant, clientId, scopes: known.scopes, secrets: known.secrets };
}

const nobodys = { hash: '0'.repeat(64), acceptedUntil: '' };

/**
 * Which version of the client's secret this is, counted as used; undefined when it is none or refused by now. For no client
 * at all the same is computed and compared as for a wrong secret.
 */
export function checkClientSecret(
  client: KnownClient | null,
  secret: string,
  now = new Date(),
): CredentialId | undefined {
  if (recogniseCredential(secret) !== 'clientSecret') return undefined;
  const { id, hash } = sealCredential(secret);
  const [first = nobodys, second = nobodys] = client?.secrets ?? [];
  // Every comparison is made, whichever agrees.
  const agreeing = [first, second].filter((version) => isSameHash(version.hash, hash));
  if (!client || !agreeing.some((version) => isAccepted(version, now))) return undefined;
  noteUse(client.tenant, id);
  return id;
}

export function oauthClientsOf(tenant: TenantId, attribution: Attribution): OAuthClients {
  return {
    create: (secret, { name, scopes, expiresAt }, now) =>
      changeAccess(tenant, attribution, async (tx, firestore) => {
        const clients = clientsInside(tx, firestore, tenant);
        if ((await clients.count()) >= mostClients) throw limitReached('oauthClients', mostClients);
        const origin = { createdAt: now.toISOString(), createdBy: attribution.actor };
        const secrets = [newSecret(secret, expiresAt, now)];
        const clientId = makeClientId(tenant);
        const result = clients.put(clientId, { name, scopes: [...scopes], status: 'active', ...origin, secrets });
        const details = { scopes: scopes.join(' '), expiresAt: expiresAt.toISOString() };
        return { result, entry: { action: 'oauth_client.created', subjects: [clientId, secret.id], details } };
      }),
    async byId(clientId) {
      const found = await readClient(tenant, clientId);
      if (!found) throw new Problem('credential.not_found');
      return toClient(clientId, found);
    },
    async list(limit, after) {
      const all = (await openFirestore()).collection(clientsPath(tenant));
      const newest = all.orderBy('createdAt', 'desc').orderBy('__name__', 'desc').limit(limit);
      const { docs } = await (after ? newest.startAfter(after.createdAt, after.clientId) : newest).get();
      const clients = docs.map((one) => toClient(one.id as ClientId, ClientDocument.parse(one.data())));
      const versions = clients.flatMap(({ secrets }) => secrets.map(({ secretId }) => secretId));
      const useOf = await usesOf(tenant, versions);
      return clients.map(({ secrets, ...client }) => ({
        ...client,
        secrets: secrets.map((secret) => ({ ...secret, ...useOf(secret.secretId) })),
      }));
    },
    rotate: (clientId, secret, overlapSeconds, now) =>
      changeAccess(tenant, attribution, async (tx, firestore) => {
        const clients = clientsInside(tx, firestore, tenant);
        const known = await clients.byId(clientId);
        if (known.status === 'revoked') throw conflict('clientId', 'is revoked');
        const live = known.secrets.filter((one) => isAccepted(one, now));
        const [first, second] = live;
        if (first && second) throw conflict('clientId', `has two secrets until ${first.acceptedUntil}`);
        const last = known.secrets.at(-1);
        const lifetimeMs = last ? Date.parse(last.expiresAt) - Date.parse(last.createdAt) : 0;
        const next = newSecret(secret, new Date(now.getTime() + lifetimeMs), now);
        const overlapEnd = new Date(now.getTime() + overlapSeconds * 1_000);
        const ending = live.map((one) => endedBy(one, overlapEnd)).filter((one) => isAccepted(one, now));
        const secrets = [...ending, next];
        const result = clients.put(clientId, { ...known, secrets });
        const details = { expiresAt: next.expiresAt, ...(ending[0] && { oldAcceptedUntil: ending[0].acceptedUntil }) };
        return { result, entry: { action: 'oauth_client.rotated', subjects: [clientId, secret.id], details } };
      }),
    endSecret: (clientId, secretId, now) =>
      changeAccess(tenant, attribution, async (tx, firestore) => {
        const clients = clientsInside(tx, firestore, tenant);
        const known = await clients.byId(clientId);
        const isLive = known.secrets.some((one) => one.secretId === secretId && isAccepted(one, now));
        if (!isLive) return { result: toClient(clientId, known), entry: null };
        const secrets = known.secrets.map((one) => (one.secretId === secretId ? endedBy(one, now) : one));
        const result = clients.put(clientId, { ...known, secrets });
        return { result, entry: { action: 'oauth_client.secret_ended', subjects: [clientId, secretId] } };
      }),
    revoke: (clientId, now) =>
      changeAccess(tenant, attribution, async (tx, firestore) => {
        const clients = clientsInside(tx, firestore, tenant);
        const known = await clients.byId(clientId);
        if (known.status === 'revoked') return { result: toClient(clientId, known), entry: null };
        const secrets = known.secrets.map((one) => endedBy(one, now));
        const result = clients.put(clientId, { ...known, secrets, status: 'revoked' });
        return { result, entry: { action: 'oauth_client.revoked', subjects: [clientId] } };
      }),
  };
}
