import type { z } from 'zod';
import {
  ModelFailure,
  type ModelFailureCategory,
  nothingSpent,
  type Prompt,
  type Usage,
} from '../../contract/language-model.ts';
import { costMicros, priceOf } from '../../contract/prices.ts';
import { answerSchema } from './answer-schema.ts';
import { type JsonReply, postJson, WireFailure } from './post-json.ts';
import type { ModelProtocol, Tokens } from './protocol.ts';

/** One question as it goes over the wire, and the most that asking it once can cost. */
export interface Question<Shape extends z.ZodType> {
  readonly body: string;
  readonly shape: Shape;
  readonly worstMicros: number;
}

export interface Answer<Value> {
  readonly value: Value;
  readonly usage: Usage;
}

/** Tokens are at least a byte each, so the bytes of a request are never fewer than its tokens. */
export function questionOf<Shape extends z.ZodType>(
  protocol: ModelProtocol,
  prompt: Prompt,
  shape: Shape,
): Question<Shape> {
  const body = JSON.stringify(protocol.body(prompt, answerSchema(shape)));
  const most: Tokens = { inputTokens: Buffer.byteLength(body), outputTokens: prompt.maxOutputTokens };
  return { body, shape, worstMicros: costMicros(priceOf(protocol.label), most) };
}

/** Asks once. @throws ModelFailure with what this attempt cost */
export async function attempt<Shape extends z.ZodType>(
  protocol: ModelProtocol,
  key: string,
  { body, shape, worstMicros }: Question<Shape>,
  signal: AbortSignal,
): Promise<Answer<z.output<Shape>>> {
  const { label } = protocol;
  const fail = (category: ModelFailureCategory, reason: string, usage: Usage, retryAfterMs?: number) =>
    new ModelFailure(category, `${label.provider} ${label.model}: ${reason}`, { usage, retryAfterMs });
  const unseen: Usage = { ...nothingSpent, costMicros: worstMicros };
  // Where tokens are not told, they may have been used to the last.
  const usageOf = (tokens: Tokens | undefined): Usage =>
    tokens ? { ...tokens, costMicros: costMicros(priceOf(label), tokens) } : unseen;

  const reply = await postJson({ url: protocol.url, headers: protocol.headers(key), body, signal }).catch((error) => {
    if (error instanceof WireFailure) throw fail(error.category, error.message, error.sent ? unseen : nothingSpent);
    throw error;
  });
  if (reply.status !== 200) {
    const retryAfterMs = reply.retryAfterMs ?? protocol.retryAfterMs(reply.body);
    // Neither provider bills what it refuses or fails to do.
    throw fail(categoryOf(protocol, reply), `answered ${reply.status}`, nothingSpent, retryAfterMs);
  }
  const reading = protocol.read(reply.body);
  const usage = usageOf(reading.tokens);
  if (reading.kind === 'failure') throw fail(reading.category, `gave no answer (${reading.reason})`, usage);
  const json = jsonOf(reading.text);
  if (json === undefined) throw fail('malformed', 'answered with something other than JSON', usage);
  const parsed = shape.safeParse(json);
  if (parsed.success) return { value: parsed.data, usage };
  // Neither what was answered nor where: names of fields can be the model's own words.
  const codes = [...new Set(parsed.error.issues.map(({ code }) => code))].join(', ');
  throw fail('malformed', `answered in another shape than asked for (${codes})`, usage);
}

function categoryOf(protocol: ModelProtocol, { status, body }: JsonReply): ModelFailureCategory {
  if (protocol.isAboutKey(status, body)) return 'auth';
  if (status === 429) return 'rate_limited';
  if (status === 413) return 'too_large';
  return status >= 500 || status === 408 ? 'server' : 'refused';
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
