import { z } from 'zod';
import type { TenantId } from '../contract/ids.ts';
import { addAndRaise, openFirestore } from '../platform/firestore.ts';
import { log } from '../platform/log.ts';
import { useRestSeconds } from '../platform/use-rest.ts';

/** What is left unwritten when calls stop is written so long after the last write. */
const trailSeconds = 120;
const writeSeconds = 10;
/**
 * How far `lastUsedAt` can be behind the truth: each instance writes the first use after a rest at once, so that at most
 * one rest is missing of what it saw, and a write takes at most ten seconds. One that fails is logged as
 * `credential.use_unwritten` and tried again with the next.
 */
export const useLatenessSeconds = () => useRestSeconds() + writeSeconds;

/** What is known of one version's use, all instances together. */
export interface CredentialUse {
  readonly uses: number;
  /** ISO time; null before the first use. */
  readonly lastUsedAt: string | null;
}
const UseDocument = z.object({ uses: z.int(), lastUsedAtMs: z.number() });
const unused: CredentialUse = { uses: 0, lastUsedAt: null };

interface Tally {
  readonly owner: TenantId;
  readonly version: string;
  uses: number;
  lastUsedAtMs: number;
  restsUntil: number;
  trail: NodeJS.Timeout | undefined;
}
const tallies = new Map<string, Tally>();
const writing = new Set<Promise<void>>();

/**
 * Counts one use of a version of a credential: a key, a client's secret, a signing key (owned by the operator's tenant).
 * Never waits and never fails. A write begins beside the call and not after it, since an instance has no processor between calls.
 */
export function noteUse(owner: TenantId, version: string, at = Date.now()): void {
  const key = pathOf(owner, version);
  const tally = tallies.get(key) ?? { owner, version, uses: 0, lastUsedAtMs: at, restsUntil: 0, trail: undefined };
  tallies.set(key, tally);
  tally.uses += 1;
  tally.lastUsedAtMs = Math.max(tally.lastUsedAtMs, at);
  if (at < tally.restsUntil) return;
  tally.restsUntil = at + useRestSeconds() * 1_000;
  awaitTrail(tally);
  begin(tally);
}

/** Writes what is not written yet and waits for it: for the end of a process. */
export async function flushUses(): Promise<void> {
  for (const tally of tallies.values()) {
    clearTimeout(tally.trail);
    if (tally.uses > 0) begin(tally);
  }
  tallies.clear();
  await Promise.all(writing);
}

/** What is known of the use of each of these versions of one owner. */
export async function usesOf(
  owner: TenantId,
  versions: readonly string[],
): Promise<(version: string) => CredentialUse> {
  if (versions.length === 0) return () => unused;
  const firestore = await openFirestore();
  const snapshots = await firestore.getAll(...versions.map((version) => firestore.doc(pathOf(owner, version))));
  const known = new Map(snapshots.map((snapshot) => [snapshot.id, UseDocument.safeParse(snapshot.data()).data]));
  return (version) => {
    const use = known.get(version);
    return use ? { uses: use.uses, lastUsedAt: new Date(use.lastUsedAtMs).toISOString() } : unused;
  };
}

/**
 * Whether a version was used by nobody since then. What happened in the last `useLatenessSeconds` may not be known, so the answer
 * is no until `since` is as long ago, and no when the last use known of was less than that before it.
 */
export async function isUnusedSince(owner: TenantId, version: string, since: Date, now: Date): Promise<boolean> {
  const lateMs = useLatenessSeconds() * 1_000;
  if (now.getTime() - since.getTime() < lateMs) return false;
  const { lastUsedAt } = (await usesOf(owner, [version]))(version);
  return lastUsedAt === null || Date.parse(lastUsedAt) + lateMs < since.getTime();
}

const pathOf = (owner: TenantId, version: string) => `tenants/${owner}/credentialUses/${version}`;

function awaitTrail(tally: Tally): void {
  const key = pathOf(tally.owner, tally.version);
  tallies.set(key, tally);
  clearTimeout(tally.trail);
  tally.trail = setTimeout(() => {
    tallies.delete(key);
    if (tally.uses > 0) begin(tally);
  }, trailSeconds * 1_000).unref();
}

function begin(tally: Tally): void {
  const { owner, version, uses, lastUsedAtMs } = tally;
  tally.uses = 0;
  // One that was given up may still arrive and then counts twice: whether there were any uses stays true.
  const done = within(writeSeconds, addAndRaise(pathOf(owner, version), { uses }, { lastUsedAtMs }))
    .catch((error: Error) => {
      const current = tallies.get(pathOf(owner, version)) ?? tally;
      current.uses += uses;
      awaitTrail(current);
      log('warning', 'credential.use_unwritten', { tenant: owner, version, uses, reason: error.name });
    })
    .finally(() => writing.delete(done));
  writing.add(done);
}

async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('late')), seconds * 1_000).unref();
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
