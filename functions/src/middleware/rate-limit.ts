import type { Caller } from '../context.ts';
import { type AnyEndpoint, tenantCallsPerSecond } from '../contract/endpoint.ts';
import { Problem } from '../contract/errors.ts';
import { type CallLimit, type Tokens, takeTokens } from '../platform/token-buckets.ts';
import { accessEpochKey } from '../stores/access.ts';
import type { Tenant } from '../stores/tenants.ts';

/** A call that may go on. */
export interface Turn {
  /** `RateLimit-*` of the limit that is nearest. */
  readonly headers: Readonly<Record<string, string>>;
  /** The shared counter of changes to the tenant's access, for `noticeAccessEpoch`; undefined when Redis was not asked. */
  readonly accessEpoch: string | undefined;
  /** `this-process` when instances count for themselves, so that the limits are looser than they say. */
  readonly where: Tokens['where'];
}

/** What a limit may be, whatever a document says: one call in 100 s to 10,000 calls a second. */
const [least, most] = [0.01, 10_000];

// A page that opens, and a client whose even calls arrive in bunches, are no abuse: a whole second's worth may come at once,
// and never fewer than ten.
const leastBurst = 10;

/**
 * Takes this call's turn under three limits: the tenant's, the tenant's at this endpoint, and the API key's where it has one.
 * @throws Problem `rate.limited` naming the limit, with `RateLimit-*` and `Retry-After` as its headers
 */
export async function takeTurn(
  endpoint: Pick<AnyEndpoint, 'id' | 'limits'>,
  caller: Pick<Caller, 'tenant' | 'apiKey'>,
  { limits }: Pick<Tenant, 'limits'>,
): Promise<Turn> {
  const key = caller.apiKey;
  const tokens = await takeTokens(
    caller.tenant,
    [
      limitOf('tenant', limits?.callsPerSecond ?? tenantCallsPerSecond),
      limitOf(`endpoint:${endpoint.id}`, limits?.endpoints?.[endpoint.id] ?? endpoint.limits.callsPerSecond),
      ...(key && key.callsPerSecond !== null ? [limitOf(`key:${key.keyId}`, key.callsPerSecond)] : []),
    ],
    accessEpochKey,
  );
  if (!tokens.allowed) throw refusal(tokens);
  return { headers: headersOf(tokens), accessEpoch: tokens.beside, where: tokens.where };
}

function limitOf(name: string, callsPerSecond: number): CallLimit {
  const perSecond = Math.min(Math.max(callsPerSecond, least), most);
  return { name, perSecond, burst: Math.max(leastBurst, Math.floor(perSecond * windowSeconds(perSecond))) };
}

/** The whole seconds in which a bucket that was emptied fills again. */
const windowSeconds = (perSecond: number) => Math.ceil(leastBurst / perSecond);

function headersOf({ tightest, remaining, resetSeconds }: Tokens): Record<string, string> {
  return {
    'RateLimit-Limit': `${tightest.burst}`,
    'RateLimit-Remaining': `${remaining}`,
    'RateLimit-Reset': `${resetSeconds}`,
    'RateLimit-Policy': `${tightest.burst};w=${windowSeconds(tightest.perSecond)}`,
  };
}

function refusal(tokens: Tokens): Problem {
  const { tightest, retryAfterSeconds } = tokens;
  const window = windowSeconds(tightest.perSecond);
  const [path = ''] = tightest.name.split(':');
  const message = `at most ${tightest.burst} calls in ${window} s; wait ${retryAfterSeconds} s`;
  const headers = { ...headersOf(tokens), 'Retry-After': `${retryAfterSeconds}` };
  return new Problem('rate.limited', [{ path, message }], { headers });
}
