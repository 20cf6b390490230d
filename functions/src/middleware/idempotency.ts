import type { Attribution, Claim } from '../context.ts';
import { canonicalJson } from '../contract/canonical-json.ts';
import type { AnyEndpoint } from '../contract/endpoint.ts';
import { type Detail, type ErrorCode, Problem } from '../contract/errors.ts';
import type { TenantId } from '../contract/ids.ts';
import { log } from '../platform/log.ts';
import { openPostgres } from '../platform/runtime-database.ts';
import { bindTenant } from '../platform/tenant-database.ts';
import { type HeldKey, idempotencyKeysOf } from '../stores/idempotency.ts';
import type { CachedAnswer } from './answer-cache.ts';

export interface KeyedCall {
  readonly endpoint: Pick<AnyEndpoint, 'id' | 'limits'>;
  readonly tenant: TenantId;
  readonly by: Attribution;
  readonly key: string | undefined;
  /** As validated. */
  readonly input: unknown;
}

/** `firstRequestId` is that of the call that did the work, when this one did not. */
export type OnceAnswer = CachedAnswer & { readonly firstRequestId?: string | undefined };

/** How long after its time limit a call may still be ending: what the platform allows, and a little for its last words. */
const leaseMarginSeconds = 15;

/** What a refusal that the handler decided is kept of; every other failure might not be one the next time. */
const decided: ReadonlySet<Problem['kind']> = new Set([
  'invalid-argument',
  'not-found',
  'already-exists',
  'permission-denied',
  'failed-precondition',
  'out-of-range',
]);

type Kept = { readonly requestId: string } & (
  | { readonly answer: CachedAnswer }
  | { readonly code: ErrorCode; readonly details?: readonly Detail[] | undefined }
);

/**
 * Executes the work once under a client's key and answers the same, with the same status and `requestId`, whenever the same
 * caller asks the same again within a day; without a key, just executes it. What is kept is an answer and a refusal that the
 * handler decided; after any other failure the work may be done anew, unless some of it took effect.
 * @throws Problem `idempotency.key_reused`, `idempotency.in_progress`, `idempotency.outcome_lost`, and what `execute` throws
 */
export async function onceOnly(
  { endpoint, tenant, by, key, input }: KeyedCall,
  execute: (claim: Claim | undefined) => Promise<CachedAnswer>,
): Promise<OnceAnswer> {
  if (key === undefined) return execute(undefined);
  const begun = await idempotencyKeysOf(bindTenant(openPostgres(), tenant, by)).begin({
    actor: `${by.actorKind}:${by.actor}`,
    key,
    endpoint: endpoint.id,
    request: canonicalJson(input),
    leaseSeconds: Math.ceil(endpoint.limits.timeoutSeconds) + leaseMarginSeconds,
  });
  switch (begun.state) {
    case 'held':
      return work(begun, by.requestId, execute);
    case 'answered':
      return replay(JSON.parse(begun.reply));
    case 'reused':
      throw new Problem('idempotency.key_reused');
    case 'in_progress': {
      const message = `may be held for another ${begun.waitSeconds} s`;
      throw new Problem('idempotency.in_progress', [{ path: 'Idempotency-Key', message }], {
        headers: { 'Retry-After': '1' },
      });
    }
    case 'lost':
      throw new Problem('idempotency.outcome_lost');
  }
}

async function work(held: HeldKey, requestId: string, execute: (claim: Claim) => Promise<CachedAnswer>) {
  const keep = (code: string, kept: Kept) => settled(held.keep(code, JSON.stringify(kept)), requestId);
  try {
    const answer = await execute(held.claim);
    await keep('ok', { requestId, answer });
    return answer;
  } catch (error) {
    const problem = error instanceof Problem ? error : undefined;
    if (problem && decided.has(problem.kind)) {
      await keep(problem.code, { requestId, code: problem.code, details: problem.details });
    } else if (problem?.code !== 'call.timeout') {
      await settled(held.release(), requestId);
    }
    // A handler that overran its time may still be at it, so its lease is left to run out.
    throw error;
  }
}

function replay(kept: Kept): OnceAnswer {
  if ('answer' in kept) return { ...kept.answer, firstRequestId: kept.requestId };
  throw new Problem(kept.code, kept.details, { headers: replayHeaders, requestId: kept.requestId });
}

export const replayHeaders = { 'Idempotent-Replayed': 'true' };

// The work is done and its caller is told so; only whoever asks again has to wait for the lease to run out.
const settled = (settling: Promise<void>, requestId: string) =>
  settling.catch((cause: Error) => log('warning', 'idempotency.not_settled', { requestId, cause: cause.message }));
