import type { Attribution } from '../context.ts';
import {
  type CredentialId,
  isSameHash,
  recogniseCredential,
  type SealedCredential,
  sealCredential,
} from '../contract/credential.ts';
import { Problem } from '../contract/errors.ts';
import type { TenantId } from '../contract/ids.ts';
import type { Scope } from '../contract/scopes.ts';
import { openFirestore } from '../platform/firestore.ts';
import { accessRead } from './access.ts';
import {
  type ApiKey,
  KeyDocument,
  keyDetails,
  keysInside,
  keysPath,
  type NewApiKey,
  newKey,
  refuseRotation,
  toKey,
} from './api-key-documents.ts';
import { changeAccess } from './change-access.ts';
import { conflict, endedBy, isAccepted, limit as limitReached } from './credential-documents.ts';
import { type CredentialUse, noteUse, usesOf } from './credential-uses.ts';

const mostKeys = 50;

/** Where a list goes on: the last key's `createdAt` and id. */
export interface KeyPosition {
  readonly createdAt: string;
  readonly keyId: CredentialId;
}

/** The API keys of one tenant. Every change is in its audit log. */
export interface ApiKeys {
  /** @throws Problem `credential.limit`, not counting keys in overlap; `credential.conflict` when the tenant has this very key */
  create(sealed: SealedCredential, settings: NewApiKey, now: Date): Promise<ApiKey>;
  /** @throws Problem `credential.not_found` */
  byId(keyId: CredentialId): Promise<ApiKey>;
  /** Newest first. */
  list(limit: number, after?: KeyPosition): Promise<(ApiKey & CredentialUse)[]>;
  /**
   * A successor with the settings and the lifetime of the key, which itself is accepted for `overlapSeconds` more.
   * @throws Problem `credential.not_found`; `credential.conflict` when it is refused by now or within another rotation
   */
  rotate(keyId: CredentialId, sealed: SealedCredential, overlapSeconds: number, now: Date): Promise<Rotation>;
  /** At once and for good; done again it changes nothing. @throws Problem `credential.not_found` */
  revoke(keyId: CredentialId, now: Date): Promise<ApiKey>;
}
export interface Rotation {
  readonly key: ApiKey;
  readonly replaced: ApiKey;
}

/** A key that is accepted, as the door needs it. */
export interface KnownKey extends Pick<ApiKey, 'keyId' | 'callsPerSecond'> {
  readonly scopes: readonly Scope[];
}

async function readKey(tenant: TenantId, keyId: string): Promise<KeyDocument | null> {
  const snapshot = await (await openFirestore()).doc(`${keysPath(tenant)}/${keyId}`).get();
  return KeyDocument.safeParse(snapshot.data()).data ?? null;
}
const knownKey = accessRead(readKey);

/**
 * The key of this tenant with this text, as it was at most ten seconds ago, counted as used; null when there is none or it
 * is refused by now. One that was mistyped is known by its checksum, and no store is asked.
 */
export async function findApiKey(tenant: TenantId, key: string, now = new Date()): Promise<KnownKey | null> {
  const kind = recogniseCredential(key);
  if (kind !== 'apiKey' && kind !== 'googleKey') return null;
  const { id, hash } = sealCredential(key);
  const known = await knownKey(tenant, id);
  if (!known || !isSameHash(known.hash, hash) || !isAccepted(known, now)) return null;
  noteUse(tenant, id);
  return { keyId: id, scopes: known.scopes, callsPerSecond: known.callsPerSecond };
}

export function apiKeysOf(tenant: TenantId, attribution: Attribution): ApiKeys {
  return {
    create: (sealed, settings, now) =>
      changeAccess(tenant, attribution, async (tx, firestore) => {
        const keys = keysInside(tx, firestore, tenant);
        if (await keys.find(sealed.id)) throw conflict('key', 'is a key of this tenant already');
        if ((await keys.count(now)) >= mostKeys) throw limitReached('apiKeys', mostKeys);
        const result = keys.put(sealed.id, newKey(sealed, settings, attribution.actor, now));
        return { result, entry: { action: 'api_key.created', subjects: [sealed.id], details: keyDetails(result) } };
      }),
    async byId(keyId) {
      const found = await readKey(tenant, keyId);
      if (!found) throw new Problem('credential.not_found');
      return toKey(keyId, found);
    },
    async list(limit, after) {
      const all = (await openFirestore()).collection(keysPath(tenant));
      const newest = all.orderBy('createdAt', 'desc').orderBy('__name__', 'desc').limit(limit);
      const { docs } = await (after ? newest.startAfter(after.createdAt, after.keyId) : newest).get();
      const keys = docs.map((one) => toKey(one.id as CredentialId, KeyDocument.parse(one.data())));
      const useOf = await usesOf(
        tenant,
        docs.map(({ id }) => id),
      );
      return keys.map((key) => ({ ...key, ...useOf(key.keyId) }));
    },
    rotate: (keyId, sealed, overlapSeconds, now) =>
      changeAccess(tenant, attribution, async (tx, firestore) => {
        const keys = keysInside(tx, firestore, tenant);
        const old = await keys.byId(keyId);
        refuseRotation(old, old.replaces && (await keys.find(old.replaces)), now);
        const lifetimeMs = Date.parse(old.expiresAt) - Date.parse(old.createdAt);
        const settings = { ...old, expiresAt: new Date(now.getTime() + lifetimeMs) };
        const next = { ...newKey(sealed, settings, attribution.actor, now), replaces: keyId };
        const ending = endedBy(old, new Date(now.getTime() + overlapSeconds * 1_000));
        const replaced = keys.put(keyId, { ...ending, replacedBy: sealed.id });
        const key = keys.put(sealed.id, next);
        const details = { ...keyDetails(key), oldAcceptedUntil: replaced.acceptedUntil };
        return {
          result: { key, replaced },
          entry: { action: 'api_key.rotated', subjects: [keyId, sealed.id], details },
        };
      }),
    revoke: (keyId, now) =>
      changeAccess(tenant, attribution, async (tx, firestore) => {
        const keys = keysInside(tx, firestore, tenant);
        const known = await keys.byId(keyId);
        if (known.status === 'revoked') return { result: toKey(keyId, known), entry: null };
        const result = keys.put(keyId, { ...endedBy(known, now), status: 'revoked' });
        return { result, entry: { action: 'api_key.revoked', subjects: [keyId] } };
      }),
  };
}
