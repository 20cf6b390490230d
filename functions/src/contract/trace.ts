import { randomUUID } from 'node:crypto';

/** Where a call stands in a distributed trace. */
export interface Trace {
  /** 32 hexadecimal digits, the same in every service that one request reaches. */
  readonly traceId: string;
  /** 16 hexadecimal digits: this call, the parent of what it sends out. */
  readonly spanId: string;
  readonly sampled: boolean;
}

/**
 * The trace a caller sent, with a span of our own below it, or a new one. Reads W3C `traceparent`
 * (`00-{32 hex}-{16 hex}-{2 hex}`) and, where that is absent, Google's `X-Cloud-Trace-Context` (`{32 hex}/{decimal};o={0|1}`);
 * a malformed header counts as none.
 */
export function traceOf(headers: {
  readonly traceparent: string | undefined;
  readonly cloudTraceContext: string | undefined;
}): Trace {
  const w3c = /^00-([0-9a-f]{32})-[0-9a-f]{16}-([0-9a-f]{2})$/.exec(headers.traceparent ?? '');
  const google = /^([0-9a-f]{32})(?:\/\d{1,20})?(?:;o=(\d))?$/i.exec(headers.cloudTraceContext ?? '');
  const sampled = w3c ? (Number.parseInt(w3c[2] ?? '0', 16) & 1) === 1 : google?.[2] === '1';
  const given = (w3c ?? google)?.[1]?.toLowerCase();
  const traceId = given && !/^0+$/.test(given) ? given : randomHex(32);
  return { traceId, spanId: randomHex(16), sampled };
}

// Node keeps random bytes in store for these, and fetches those of `randomBytes` for every call. The last digits are the random ones.
const randomHex = (digits: 16 | 32): string => randomUUID().replaceAll('-', '').slice(-digits);

/** What a request that we send carries, so that whoever answers it stands in the same trace. */
export const traceHeaders = ({ traceId, spanId, sampled }: Trace): Record<string, string> => ({
  traceparent: traceparentOf({ traceId, spanId, sampled }),
  'x-cloud-trace-context': `${traceId}/${BigInt(`0x${spanId}`)};o=${sampled ? 1 : 0}`,
});

export const traceparentOf = ({ traceId, spanId, sampled }: Trace): string =>
  `00-${traceId}-${spanId}-${sampled ? '01' : '00'}`;
