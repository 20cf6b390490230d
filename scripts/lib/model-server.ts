import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AskedModel, Refused, readAsked, tellAnswer, tellError } from './model-wire.ts';

/** What the server does with one request. */
export type Behaviour = { readonly latencyMs?: number } & (
  | { readonly kind: 'answer'; readonly json: unknown }
  /** Text where JSON was asked for. */
  | { readonly kind: 'text'; readonly text: string }
  /** Ends in the middle, with the finish reason that says so. */
  | { readonly kind: 'truncated'; readonly text: string }
  | { readonly kind: 'refused' }
  /** The question is, and nothing is answered. */
  | { readonly kind: 'blocked' }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfterSeconds?: number }
  | { readonly kind: 'redirect'; readonly to: string }
  /** An answer of so many bytes. */
  | { readonly kind: 'long'; readonly bytes: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
);

export interface ModelServer {
  /** For GEMINI_BASE_URL or TOGETHER_BASE_URL. */
  readonly url: string;
  /** Everything that was asked, in order. */
  readonly asked: readonly AskedModel[];
  /** From the next request on. */
  behave(how: (asked: AskedModel) => Behaviour): void;
  stop(): Promise<void>;
}

/** A key that the server takes; others are refused as the provider does. */
export const goodKey = 'good-key-of-a-test-0123456789';

/**
 * Speaks the protocols of the Gemini API (`generateContent`) and of Together (`chat/completions`) on loopback and behaves, or
 * misbehaves, as it is told, request by request. What the real services refuse is refused: a wrong key, a path or a field they
 * do not have. Tokens are counted as a quarter of the bytes.
 */
export async function startModelServer(
  how: (asked: AskedModel) => Behaviour,
  { keys = [goodKey] }: { keys?: readonly string[] } = {},
): Promise<ModelServer> {
  let behave = how;
  const asked: AskedModel[] = [];
  const server = createServer(async (req, res) => {
    try {
      const one = readAsked(req, await textOf(req), keys, asked.length);
      asked.push(one);
      await act(one, behave(one), res);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      tellError(error.protocol, error.status, error.reason, res);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    behave(next) {
      behave = next;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function act(asked: AskedModel, behaviour: Behaviour, res: ServerResponse): Promise<void> {
  if (behaviour.latencyMs) await sleep(behaviour.latencyMs);
  switch (behaviour.kind) {
    case 'answer':
      return tellAnswer(asked, JSON.stringify(behaviour.json), 'complete', res);
    case 'text':
      return tellAnswer(asked, behaviour.text, 'complete', res);
    case 'long':
      return tellAnswer(asked, JSON.stringify('x'.repeat(behaviour.bytes)), 'complete', res);
    case 'truncated':
      return tellAnswer(asked, behaviour.text, 'truncated', res);
    case 'refused':
    case 'blocked':
      return tellAnswer(asked, '', behaviour.kind, res);
    case 'status':
      return tellError(asked.protocol, behaviour.status, undefined, res, behaviour.retryAfterSeconds);
    case 'redirect':
      res.writeHead(307, { location: behaviour.to }).end();
      return;
    case 'reset':
      res.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
  }
}

async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
