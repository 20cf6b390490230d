import { type ClientRoute, patienceMs, type Transport } from './client.ts';
import { failureOf, HeadhunterError } from './error.ts';

export interface RestOptions {
  /** Origin of the gateway, with or without a slash at the end. */
  readonly baseUrl: string;
  /** The bearer token of each call; asked for every time, so that an expired one is never sent again. */
  readonly token: () => string | Promise<string>;
  /** For a runtime whose own `fetch` will not do. */
  readonly fetch?: typeof fetch;
}

/** Calls the REST routes over `fetch`. */
export function restTransport({ baseUrl, token, fetch: send = fetch }: RestOptions): Transport {
  const origin = baseUrl.replace(/\/+$/, '');
  return async (route, input, { idempotencyKey }) => {
    const bearer = await tokenOf(token);
    const { target, body } = requestOf(route, input);
    const headers: Record<string, string> = { Authorization: `Bearer ${bearer}`, Accept: 'application/json' };
    if (body !== undefined) headers['Content-Type'] = 'application/json';
    if (route.writes && idempotencyKey !== undefined) headers['Idempotency-Key'] = idempotencyKey;
    const init = { method: route.method, headers, signal: AbortSignal.timeout(patienceMs(route)) };
    try {
      const response = await send(origin + target, body === undefined ? init : { ...init, body });
      return await replyOf(response);
    } catch (error) {
      throw error instanceof HeadhunterError ? error : lostOnTheWay(error);
    }
  };
}

async function tokenOf(token: RestOptions['token']): Promise<string> {
  try {
    return await token();
  } catch (cause) {
    throw new HeadhunterError('auth.required', 'No token could be had for this call.', { cause });
  }
}

/** Fields named in the path go there; of the rest, POST makes its body and GET and DELETE their query, lists parted by commas. */
function requestOf(route: ClientRoute, input: Readonly<Record<string, unknown>>): { target: string; body?: string } {
  const rest = Object.entries(input).filter(([name, value]) => !route.params.includes(name) && value !== undefined);
  const target = route.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(input[name])));
  if (route.method === 'POST') return { target, body: JSON.stringify(Object.fromEntries(rest)) };
  const query = new URLSearchParams(rest.map(([name, value]): [string, string] => [name, String(value)]));
  return { target: rest.length === 0 ? target : `${target}?${query}` };
}

async function replyOf(response: Response): Promise<unknown> {
  const text = await response.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new HeadhunterError('transport.unreadable', `The answer (HTTP ${response.status}) is not JSON.`, { cause });
  }
  if (response.ok) return body;
  throw (
    failureOf(body) ??
    new HeadhunterError('transport.unreadable', `The service answered HTTP ${response.status} without saying why.`)
  );
}

function lostOnTheWay(cause: unknown): HeadhunterError {
  const late = (cause as { name?: unknown } | undefined)?.name === 'TimeoutError';
  return late
    ? new HeadhunterError('transport.timeout', 'The service did not answer in time.', { cause })
    : new HeadhunterError('transport.unreachable', 'The service could not be reached.', { cause });
}
