import type { Firestore, Transaction } from 'firebase-admin/firestore';
import { z } from 'zod';
import type { Attribution } from '../context.ts';
import {
  type AuditEntry,
  type AuditHead,
  auditBody,
  auditGenesis,
  auditHash,
  type Deed,
  type Verdict,
} from '../contract/audit.ts';
import { Problem } from '../contract/errors.ts';
import type { TenantId } from '../contract/ids.ts';
import { openFirestore } from '../platform/firestore.ts';
import { useClaim } from './claim-effects.ts';

// Writers of one tenant meet at its head: those of this process wait in line, those of others make us try again.
const attempts = 10;
const mostWaiting = 100;

/** The id of an entry's document: in the order of ids is in the order of the chain. */
export const auditEntryId = (seq: number): string => String(seq).padStart(12, '0');

const Head = z.object({ seq: z.int().min(1), hash: z.string() });

/**
 * Changes a tenant's administration and records it, both in one Firestore transaction. `work` reads before it writes, may run
 * more than once, and says what it did; when it says null or throws, nothing is changed and nothing recorded.
 */
export async function changeWithAudit<T>(
  tenant: TenantId,
  attribution: Attribution,
  work: (tx: Transaction, firestore: Firestore) => Promise<{ result: T; entry: Deed | null }>,
): Promise<T> {
  return append(tenant, attribution, async (tx, firestore) => {
    const { result, entry } = await work(tx, firestore);
    return { result, verdict: entry && { ...entry, outcome: 'allowed' } };
  });
}

/** Records what changed nothing: a refusal, or something done elsewhere than in our stores. */
export const recordAdministration = (tenant: TenantId, attribution: Attribution, verdict: Verdict): Promise<void> =>
  append(tenant, attribution, async () => ({ result: undefined, verdict }));

type Work<T> = (tx: Transaction, firestore: Firestore) => Promise<{ result: T; verdict: Verdict | null }>;

async function append<T>(tenant: TenantId, attribution: Attribution, work: Work<T>): Promise<T> {
  const { result, entry } = await inLine(tenant, () => commit(tenant, attribution, work)).catch(unavailable);
  if (entry) attribution.onRecorded?.({ chain: 'administration', seq: entry.seq, hash: entry.hash });
  return result;
}

async function commit<T>(tenant: TenantId, attribution: Attribution, work: Work<T>) {
  const firestore = await openFirestore();
  const headDocument = firestore.doc(`tenants/${tenant}/ledger/head`);
  const transaction = async (tx: Transaction) => {
    const snapshot = await tx.get(headDocument);
    const markEffect = attribution.claim && (await useClaim(tx, firestore, tenant, attribution.claim));
    const { result, verdict } = await work(tx, firestore);
    if (!verdict) throw new Undone(result);
    // A head that cannot be read must not be begun anew: that would hide what came before it.
    const head = snapshot.exists ? Head.parse(snapshot.data()) : auditGenesis;
    if (verdict.outcome === 'allowed') markEffect?.();
    const entry = nextEntry(head, auditBody(attribution, verdict));
    tx.create(firestore.doc(`tenants/${tenant}/audit/${auditEntryId(entry.seq)}`), entry);
    tx.set(headDocument, { seq: entry.seq, hash: entry.hash });
    return { result, entry };
  };
  return firestore.runTransaction(transaction, { maxAttempts: attempts }).catch((error: unknown) => {
    if (error instanceof Undone) return { result: error.result as T, entry: undefined };
    throw error;
  });
}

/** Ends a transaction without its writes: what leaves no entry must leave nothing. */
class Undone {
  readonly result: unknown;
  constructor(result: unknown) {
    this.result = result;
  }
}

const lines = new Map<TenantId, { last: Promise<unknown>; waiting: number }>();

async function inLine<T>(tenant: TenantId, work: () => Promise<T>): Promise<T> {
  const line = lines.get(tenant) ?? { last: Promise.resolve(), waiting: 0 };
  if (line.waiting === mostWaiting) throw new Problem('database.unavailable');
  lines.set(tenant, line);
  line.waiting++;
  const mine = line.last.then(work).finally(() => {
    if (--line.waiting === 0) lines.delete(tenant);
  });
  line.last = mine.catch(() => {});
  return mine;
}

// gRPC: 4 deadline exceeded, 8 exhausted, 10 aborted by other writers, 14 unavailable.
function unavailable(error: Error & { code?: unknown }): never {
  const lost = [4, 8, 10, 14].includes(error.code as number);
  throw lost ? new Problem('database.unavailable', undefined, { cause: error }) : error;
}

function nextEntry(head: AuditHead, body: string): AuditEntry {
  const link = { seq: head.seq + 1, atMs: Date.now(), body, previousHash: head.hash };
  return { ...link, hash: auditHash(link) };
}
