import type { TenantId } from '../contract/ids.ts';
import { type Bucket, stateOf } from './bucket.ts';
import { bindTenantKeys, openKeyValue, type Taken } from './cache.ts';
import { log } from './log.ts';
import { openMemory } from './memory.ts';

/** At most `burst` calls at once and `perSecond` in the long run, of one tenant under this name. */
export interface CallLimit {
  readonly name: string;
  readonly perSecond: number;
  readonly burst: number;
}

/** Whether a call may go on, and what is left in the bucket that has the least. */
export interface Tokens {
  readonly allowed: boolean;
  readonly tightest: CallLimit;
  readonly remaining: number;
  /** Until that bucket is full again. */
  readonly resetSeconds: number;
  /** Until every bucket has a token; 0 when the call may go on. */
  readonly retryAfterSeconds: number;
  /** What the key beside the buckets holds; undefined when it holds nothing or Redis was not asked. */
  readonly beside: string | undefined;
  /** `this-process` when other instances count for themselves. */
  readonly where: Taken['where'];
}

// A Redis that hangs costs its time limit once a second and not once a call.
const pauseMs = 1_000;
const silenceMs = 60_000;
const here = openMemory();
let askAgainAt = 0;
let sayAgainAt = 0;

/**
 * Takes a token of every bucket of the tenant, or of none, in one round trip that also reads one more key of the tenant.
 * While Redis is away, or where there is none, this process counts by itself and logs so once a minute. Never throws.
 */
export async function takeTokens(tenant: TenantId, limits: readonly CallLimit[], besideKey: string): Promise<Tokens> {
  const buckets = limits.map(bucketOf);
  const taken =
    (await takeShared(tenant, buckets, besideKey)) ??
    (await bindTenantKeys(here, tenant).takeTokens(buckets, besideKey));
  const states = limits.map((limit, i) => ({ limit, ...stateOf(buckets[i] as Bucket, taken.fullInMicros[i] ?? 0) }));
  const [tightest] = states.toSorted((a, b) => b.nextTokenSeconds - a.nextTokenSeconds || a.remaining - b.remaining);
  if (!tightest) throw new Error('a turn needs at least one limit');
  return {
    allowed: taken.taken,
    tightest: tightest.limit,
    remaining: tightest.remaining,
    resetSeconds: tightest.resetSeconds,
    retryAfterSeconds: taken.taken ? 0 : Math.max(1, tightest.nextTokenSeconds),
    beside: taken.beside ?? undefined,
    where: taken.where,
  };
}

const bucketOf = ({ name, perSecond, burst }: CallLimit): Bucket => ({
  key: `bucket:${name}`,
  burst,
  intervalMicros: Math.ceil(1e6 / perSecond),
});

async function takeShared(tenant: TenantId, buckets: readonly Bucket[], beside: string): Promise<Taken | undefined> {
  if (Date.now() < askAgainAt) return undefined;
  try {
    const store = await openKeyValue();
    if (store) return await bindTenantKeys(store, tenant).takeTokens(buckets, beside);
    sayThatWeCountAlone('no Redis is configured');
  } catch (error) {
    askAgainAt = Date.now() + pauseMs;
    sayThatWeCountAlone(String(error));
  }
  return undefined;
}

function sayThatWeCountAlone(cause: string): void {
  if (Date.now() < sayAgainAt) return;
  sayAgainAt = Date.now() + silenceMs;
  log('warning', 'limits.this_process', { cause });
}
