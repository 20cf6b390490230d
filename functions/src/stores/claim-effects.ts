import type { Firestore, Transaction } from 'firebase-admin/firestore';
import type { Claim } from '../context.ts';
import { Problem } from '../contract/errors.ts';
import type { TenantId } from '../contract/ids.ts';
import { openFirestore } from '../platform/firestore.ts';

// Kept longer than the row of the key; then the store's own time to live takes them away.
const keepMs = 48 * 3_600_000;

const documentOf = (firestore: Firestore, tenant: TenantId, lease: string) =>
  firestore.doc(`tenants/${tenant}/claimEffects/${lease}`);

const noted = (state: 'effected' | 'given_up') => ({ state, expiresAt: new Date(Date.now() + keepMs) });

/**
 * What `mark_effect` is in Postgres, for a change in Firestore: reads, among the transaction's reads, that the claim still
 * holds; the function it resolves to writes, among its writes, that the work took effect.
 * @throws Problem `idempotency.in_progress` when the claim was given up
 */
export async function useClaim(
  tx: Transaction,
  firestore: Firestore,
  tenant: TenantId,
  { lease }: Claim,
): Promise<() => void> {
  const document = documentOf(firestore, tenant, lease);
  const found = await tx.get(document);
  if (found.get('state') === 'given_up') throw new Problem('idempotency.in_progress');
  return () => {
    tx.set(document, noted('effected'));
  };
}

/** Whether Firestore was changed under this lease; if it was not, it cannot be any more. */
export async function giveUpClaim(tenant: TenantId, lease: string): Promise<boolean> {
  const firestore = await openFirestore();
  const document = documentOf(firestore, tenant, lease);
  return firestore.runTransaction(async (tx) => {
    const found = await tx.get(document);
    if (found.get('state') === 'effected') return true;
    tx.set(document, noted('given_up'));
    return false;
  });
}
