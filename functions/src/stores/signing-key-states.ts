import type { Firestore, Transaction } from 'firebase-admin/firestore';
import { jwksSeconds, type KeyState, longestTokenSeconds, type PublicJwk } from '../contract/signing-key.ts';
import { openFirestore } from '../platform/firestore.ts';
import { forgetSigningKeys, SigningKey } from './signing-keys.ts';

// Whoever keeps the JWKS keeps it so long; the rest is for instances that learn late which key signs now.
const announceMs = 2 * jwksSeconds * 1_000;
const retireMs = (longestTokenSeconds + 2 * jwksSeconds) * 1_000;

/** Publishes a new key that does not sign yet; doing so twice is no error. @throws Error when the id is another key's */
export const announceKey = (publicJwk: PublicJwk, now = new Date()): Promise<void> =>
  change(async (tx, firestore) => {
    const document = firestore.doc(`signingKeys/${publicJwk.kid}`);
    const snapshot = await tx.get(document);
    if (!snapshot.exists) {
      const notBefore = new Date(now.getTime() + announceMs).toISOString();
      const key = { publicJwk, alg: publicJwk.alg, state: 'announced', notBefore, retireAt: null };
      tx.create(document, { ...key, createdAt: now.toISOString() });
      return;
    }
    const { x, y } = SigningKey.parse(snapshot.data()).publicJwk;
    if (x !== publicJwk.x || y !== publicJwk.y) throw new Error(`the signing key ${publicJwk.kid} is another one`);
  });

/**
 * Lets a published key sign; the one that signed before retires. The caller has waited for its `notBefore`.
 * @throws Error for a key that is unknown or disabled
 */
export const startSigningWith = (kid: string, now = new Date()): Promise<void> =>
  change(async (tx, firestore) => {
    const keys = firestore.collection('signingKeys');
    const [own, signing] = [await tx.get(keys.doc(kid)), await tx.get(keys.where('state', '==', 'signing'))];
    requireState(kid, own.get('state'), ['announced', 'signing', 'retiring']);
    for (const other of signing.docs) if (other.id !== kid) tx.update(other.ref, retired(now));
    tx.update(own.ref, { state: 'signing', retireAt: null });
  });

/** Takes a key out of signing while its tokens are still good. @throws Error for the key that signs, an unknown or a disabled one */
export const retireKey = (kid: string, now = new Date()): Promise<void> =>
  change(async (tx, firestore) => {
    const document = firestore.doc(`signingKeys/${kid}`);
    const state: unknown = (await tx.get(document)).get('state');
    requireState(kid, state, ['announced', 'retiring']);
    if (state === 'announced') tx.update(document, retired(now));
  });

/** Ends a key and with it every token it signed, the one that signs too: for when it has leaked. @throws Error for an unknown one */
export const disableKey = (kid: string): Promise<void> =>
  change(async (tx, firestore) => {
    const document = firestore.doc(`signingKeys/${kid}`);
    if (!(await tx.get(document)).exists) throw new Error(`there is no signing key ${kid}`);
    tx.update(document, { state: 'disabled' });
  });

const retired = (now: Date) => ({ state: 'retiring', retireAt: new Date(now.getTime() + retireMs).toISOString() });

function requireState(kid: string, state: unknown, allowed: readonly KeyState[]): void {
  if (!(allowed as readonly unknown[]).includes(state))
    throw new Error(`the signing key ${kid} is ${String(state ?? 'unknown')}, not ${allowed.join(' or ')}`);
}

async function change(work: (tx: Transaction, firestore: Firestore) => Promise<void>): Promise<void> {
  const firestore = await openFirestore();
  await firestore.runTransaction((tx) => work(tx, firestore));
  forgetSigningKeys();
}
