import { ModelFailure } from '../../contract/language-model.ts';

export interface JsonRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
}

export interface JsonReply {
  readonly status: number;
  /** Undefined where the body is no JSON. */
  readonly body: unknown;
  /** What the header Retry-After says, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/** More than any answer that is asked for; what is longer is not read to its end. */
export const mostReplyBytes = 1_000_000;

// Of errors that came before anything was sent.
const unsent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** A failure on the way; `sent` tells whether the other side may have done, and billed, what was asked. */
export class WireFailure extends ModelFailure {
  readonly sent: boolean;

  constructor(category: 'timeout' | 'network' | 'too_large', message: string, sent: boolean) {
    super(category, message);
    this.sent = sent;
  }
}

/**
 * Posts JSON and reads the whole reply, whatever its status. Redirects are not followed, since the key would go along.
 * @throws WireFailure, whose message holds nothing of request or reply
 */
export async function postJson({ url, headers, body, signal }: JsonRequest): Promise<JsonReply> {
  let text: string;
  let response: Response;
  if (signal.aborted) throw new WireFailure('timeout', 'was out of time before it was asked', false);
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
      signal,
      redirect: 'manual',
    });
    text = await boundedText(response);
  } catch (error) {
    if (error instanceof WireFailure) throw error;
    if (signal.aborted) throw new WireFailure('timeout', 'did not answer in time', true);
    // The error itself can quote a header.
    const code = codeOf(error);
    throw new WireFailure('network', `the connection failed (${code})`, !unsent.has(code));
  }
  return { status: response.status, body: jsonOf(text), retryAfterMs: delayOf(response.headers.get('retry-after')) };
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  // Leaving the loop by an error cancels the stream, and so the connection.
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostReplyBytes) throw new WireFailure('too_large', `answered with over ${mostReplyBytes} bytes`, true);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  const found = cause?.code ?? code;
  return typeof found === 'string' && /^[A-Z_]{1,40}$/.test(found) ? found : 'unknown';
}

/** Seconds or a date, as HTTP has it. */
function delayOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
