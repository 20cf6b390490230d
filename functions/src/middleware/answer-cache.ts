import { createHash } from 'node:crypto';
import { readConfig } from '../config.ts';
import { canonicalJson } from '../contract/canonical-json.ts';
import type { AnyEndpoint } from '../contract/endpoint.ts';
import type { Event } from '../contract/events.ts';
import type { TenantId } from '../contract/ids.ts';
import { bindTenantKeys, openKeyValue } from '../platform/cache.ts';
import { log } from '../platform/log.ts';

/** An answer as the JSON text that goes out, parsed by nobody on the way. */
export interface AnswerText {
  readonly text: string;
  /** What the answer had to do without, as it says itself. */
  readonly degraded: readonly string[];
}

export type CachedAnswer = AnswerText & { readonly cache: 'hit' | 'miss' | 'away' | 'none' };

/**
 * The answer to this input, from the cache while nothing the endpoint names in `dropOn` has happened since it was made.
 * An answer is filed under the generations read before it was computed, so what a write overtakes is never found again.
 * The cache being away is a miss. Identical calls at the same moment share one computation.
 */
export async function throughCache(
  endpoint: AnyEndpoint,
  tenant: TenantId,
  input: unknown,
  compute: () => Promise<AnswerText>,
): Promise<CachedAnswer> {
  const { cache } = endpoint;
  const store = cache === 'never' ? undefined : await openKeyValue();
  if (cache === 'never' || !store) return { ...(await compute()), cache: 'none' };
  const keys = bindTenantKeys(store, tenant);
  const generations = await keys.get(cache.dropOn.map(generationKey)).catch(away('read'));
  if (!generations) return { ...(await compute()), cache: 'away' };
  const key = `answer:${endpoint.id}:${digest([readConfig().revision, generations, input])}`;
  const [found] = (await keys.get([key]).catch(away('read'))) ?? [];
  if (found) return { ...unpack(found), cache: 'hit' };
  const computed = await once(`${tenant}:${key}`, async () => {
    const answer = await compute();
    await keys.set(key, pack(answer), cache.seconds).catch(away('write'));
    return answer;
  });
  return { ...computed, cache: 'miss' };
}

// JSON text holds no line break of its own, so the first one ends what stands before the answer.
const pack = ({ degraded, text }: AnswerText) => `${degraded.join()}\n${text}`;

function unpack(value: string): AnswerText {
  const end = value.indexOf('\n');
  return { degraded: end === 0 ? [] : value.slice(0, end).split(','), text: value.slice(end + 1) };
}

/** Ends every cached answer that depends on these events. Called after the write; a failure leaves them to their `seconds`. */
export async function dropAnswers(tenant: TenantId, events: readonly Event[]): Promise<void> {
  if (events.length === 0) return;
  const store = await openKeyValue();
  if (!store) return;
  const keys = bindTenantKeys(store, tenant);
  for (const event of events) {
    await keys.increment(generationKey(event)).catch(async () => {
      await keys.increment(generationKey(event)).catch(away('drop'));
    });
  }
}

const generationKey = (event: Event) => `generation:${event}`;

const away = (during: string) => (cause: Error) => {
  log('warning', 'cache.away', { during, cause: cause.message });
  return undefined;
};

const inFlight = new Map<string, Promise<AnswerText>>();

function once(key: string, compute: () => Promise<AnswerText>): Promise<AnswerText> {
  const running = inFlight.get(key);
  if (running) return running;
  const started = compute().finally(() => inFlight.delete(key));
  inFlight.set(key, started);
  return started;
}

const digest = (value: unknown) => createHash('sha256').update(canonicalJson(value)).digest('base64url');
