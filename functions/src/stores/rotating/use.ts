import type { TenantId } from '../../contract/ids.ts';
import { isUnusedSince, useLatenessSeconds } from '../credential-uses.ts';

/**
 * Since when a version is unused, by its counters. A use is known late, so those before `since` get the time to become known, and as
 * much those after it before they count for none.
 */
export async function unusedSince(owner: TenantId, version: string, since: Date, now: Date): Promise<Date | null> {
  const lateMs = useLatenessSeconds() * 1_000;
  const from = new Date(since.getTime() + lateMs);
  const isKnown = now.getTime() - from.getTime() >= lateMs;
  return !isKnown || (await isUnusedSince(owner, version, from, now)) ? from : null;
}
