import type { DocumentReference, DocumentSnapshot, Firestore, Transaction } from 'firebase-admin/firestore';
import { EnrichmentJob } from '../contract/enrichment-job.ts';
import type { TenantId } from '../contract/ids.ts';
import { openFirestore } from '../platform/firestore.ts';
import { deadLetterOf } from './job-steps.ts';

/** Who works on a job; `beats` grows while they are heard of. */
export interface Holder {
  readonly worker: string;
  readonly beats: number;
}

export const jobDocument = (firestore: Firestore, tenant: TenantId, jobId: string): DocumentReference =>
  firestore.doc(`tenants/${tenant}/jobs/${jobId}`);

export const letterDocument = (
  firestore: Firestore,
  tenant: TenantId,
  { jobId, run }: EnrichmentJob,
): DocumentReference => firestore.doc(`tenants/${tenant}/deadLetters/${jobId}-${run}`);

export async function inTransaction<T>(work: (tx: Transaction, firestore: Firestore) => Promise<T>): Promise<T> {
  const firestore = await openFirestore();
  return firestore.runTransaction((tx) => work(tx, firestore), { maxAttempts: 10 });
}

export function jobIn(snapshot: DocumentSnapshot): EnrichmentJob | null {
  if (!snapshot.exists) return null;
  const { lease: _, ...fields } = snapshot.data() as Record<string, unknown>;
  return EnrichmentJob.parse(fields);
}

export const holderIn = (snapshot: DocumentSnapshot): Holder | null => snapshot.get('lease') ?? null;

/** The time of Firestore's own clock: workers whose clocks disagree agree on who is late. */
export const clockOf = (snapshot: DocumentSnapshot): Date => snapshot.readTime.toDate();

/** Since when nothing was written to it, in milliseconds of that clock. */
export const silenceOf = ({ readTime, updateTime }: DocumentSnapshot): number =>
  updateTime ? readTime.toMillis() - updateTime.toMillis() : 0;

export function setJob(tx: Transaction, document: DocumentReference, job: EnrichmentJob, lease: Holder | null): void {
  tx.set(document, { ...job, lease });
}

/** Ends a run for good and keeps what is left of it where it can be found. */
export function bury(tx: Transaction, firestore: Firestore, tenant: TenantId, job: EnrichmentJob): void {
  setJob(tx, jobDocument(firestore, tenant, job.jobId), job, null);
  tx.set(letterDocument(firestore, tenant, job), deadLetterOf(job));
}
