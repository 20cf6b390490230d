import type { Firestore, Transaction } from 'firebase-admin/firestore';
import { z } from 'zod';
import { type Rotation, rotationKinds, rotationSteps } from '../contract/rotation.ts';
import { openFirestore } from '../platform/firestore.ts';

const Lease = z.object({ holder: z.string(), until: z.string() });
const RotationDocument = z.object({
  secret: z.string(),
  kind: z.enum(rotationKinds),
  next: z.enum([...rotationSteps, 'done']),
  from: z.string().nullable(),
  to: z.string().nullable(),
  startedAt: z.string(),
  steppedAt: z.string(),
  usedAt: z.string().nullable(),
  unusedSince: z.string().nullable(),
  history: z.array(z.object({ step: z.enum(rotationSteps), at: z.string() })),
});

/** The right to work on one secret's rotation, for as long as nobody else can have it. */
export interface RotationLease {
  /** The rotation as it was last kept; null when there was none. */
  readonly rotation: Rotation | null;
  /** @throws Error when the lease has passed to somebody else */
  keep(rotation: Rotation): Promise<void>;
  release(): Promise<void>;
}

/** How far the rotation of each secret has come: `rotations/{secret}`, which only functions see. */
export interface Rotations {
  /** Null while somebody else has the lease. It ends by itself, so that a rotator that was killed holds nobody up. */
  lease(secret: string, holder: string, now: () => Date): Promise<RotationLease | null>;
  byName(secret: string): Promise<Rotation | null>;
}

/** Longer than any one step, whose calls all have their own limits. */
export const leaseMs = 120_000;

const documentOf = (firestore: Firestore, secret: string) => firestore.doc(`rotations/${secret}`);

async function inTransaction<T>(work: (tx: Transaction, firestore: Firestore) => Promise<T>): Promise<T> {
  const firestore = await openFirestore();
  return firestore.runTransaction((tx) => work(tx, firestore));
}

export const rotations: Rotations = {
  async byName(secret) {
    const snapshot = await documentOf(await openFirestore(), secret).get();
    return RotationDocument.safeParse(snapshot.data()).data ?? null;
  },

  async lease(secret, holder, now) {
    const grant = () => ({ holder, until: new Date(now().getTime() + leaseMs).toISOString() });
    const taken = await inTransaction(async (tx, firestore) => {
      const document = documentOf(firestore, secret);
      const data = (await tx.get(document)).data();
      const lease = Lease.safeParse(data?.['lease']).data;
      if (lease && lease.holder !== holder && lease.until > now().toISOString()) return null;
      tx.set(document, { lease: grant() }, { merge: true });
      return { rotation: RotationDocument.safeParse(data).data ?? null };
    });
    if (!taken) return null;
    const whileHeld = (work: (tx: Transaction, firestore: Firestore) => void) =>
      inTransaction(async (tx, firestore) => {
        const lease = Lease.safeParse((await tx.get(documentOf(firestore, secret))).get('lease')).data;
        if (lease?.holder !== holder) throw new Error(`the rotation of ${secret} has passed to ${lease?.holder}`);
        work(tx, firestore);
      });
    return {
      rotation: taken.rotation,
      keep: (rotation) =>
        whileHeld((tx, firestore) => {
          tx.set(documentOf(firestore, secret), { ...rotation, lease: grant() });
        }),
      release: () =>
        whileHeld((tx, firestore) => {
          tx.set(documentOf(firestore, secret), { lease: null }, { merge: true });
        }),
    };
  },
};
