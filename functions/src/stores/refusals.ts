import { LRUCache } from 'lru-cache';
import type { Attribution } from '../context.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { TenantId } from '../contract/ids.ts';
import { log } from '../platform/log.ts';
import { recordAdministration } from './ledger.ts';

// A flood of refusals must not become a flood of writes.
const burst = 30;
const perSecond = 1;
const waitMs = 2_000;

/** What may still be written of a tenant's refusals, and how many were not. */
interface Allowance {
  left: number;
  asOfMs: number;
  unrecorded: number;
}
const allowances = new LRUCache<TenantId, Allowance>({ max: 10_000 });

/**
 * Records that a proven caller was refused. Of a tenant's refusals one a second is written, after 30 at once; the rest are
 * counted, and the next entry tells in `unrecorded` how many there were in this process. Never throws and takes at most two seconds.
 */
export async function recordRefusal(tenant: TenantId, attribution: Attribution, code: ErrorCode): Promise<void> {
  const allowance = refilled(tenant);
  if (allowance.left < 1) {
    allowance.unrecorded++;
    return;
  }
  const { unrecorded } = allowance;
  allowance.left--;
  allowance.unrecorded = 0;
  const details = unrecorded > 0 ? { details: { unrecorded } } : {};
  const verdict = { action: 'call.refused', subjects: [], outcome: 'refused', code, ...details } as const;
  const recording = recordAdministration(tenant, attribution, verdict).catch((cause: Error) => {
    allowance.unrecorded += unrecorded + 1;
    log('error', 'audit.refusal_unrecorded', { tenant, requestId: attribution.requestId, code, cause: cause.message });
  });
  await withinWait(recording);
}

function refilled(tenant: TenantId): Allowance {
  const nowMs = performance.now();
  const known = allowances.get(tenant) ?? { left: burst, asOfMs: nowMs, unrecorded: 0 };
  known.left = Math.min(burst, known.left + ((nowMs - known.asOfMs) / 1_000) * perSecond);
  known.asOfMs = nowMs;
  allowances.set(tenant, known);
  return known;
}

async function withinWait(recording: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  await Promise.race([recording, late]).finally(() => clearTimeout(timer));
}
