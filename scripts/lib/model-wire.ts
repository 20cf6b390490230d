import type { IncomingMessage, ServerResponse } from 'node:http';

/** One question as a provider would understand it. */
export interface AskedModel {
  readonly protocol: 'gemini' | 'together';
  readonly model: string;
  readonly instruction: string;
  readonly data: unknown;
  readonly schema: unknown;
  readonly maxOutputTokens: number;
  /** From 0. */
  readonly at: number;
  readonly bytes: number;
}

// biome-ignore lint/suspicious/noExplicitAny: whatever came over the wire
type Json = any;

/** A request that the real service would not take. */
export class Refused extends Error {
  readonly protocol: AskedModel['protocol'];
  readonly status: number;
  readonly reason: string | undefined;

  constructor(protocol: AskedModel['protocol'], status: number, reason?: string) {
    super(`${status} ${reason ?? ''}`);
    this.protocol = protocol;
    this.status = status;
    this.reason = reason;
  }
}

/** @throws Refused */
export function readAsked(req: IncomingMessage, body: string, keys: readonly string[], at: number): AskedModel {
  const gemini = /^\/v1beta\/models\/([\w.-]+):generateContent$/.exec(req.url ?? '');
  const protocol = gemini || req.headers['x-goog-api-key'] ? 'gemini' : 'together';
  if (req.method !== 'POST' || !(gemini || req.url === '/v1/chat/completions')) throw new Refused(protocol, 404);
  const key = gemini ? req.headers['x-goog-api-key'] : req.headers.authorization?.replace(/^Bearer /, '');
  if (!keys.includes(String(key)))
    throw gemini ? new Refused('gemini', 400, 'API_KEY_INVALID') : new Refused('together', 401);
  const json = jsonOf(body);
  if (!json) throw new Refused(protocol, 400);
  const common = { at, bytes: Buffer.byteLength(body) };
  return gemini?.[1] ? { ...common, ...askedOfGemini(gemini[1], json) } : { ...common, ...askedOfTogether(json) };
}

function askedOfGemini(model: string, json: Json): Omit<AskedModel, 'at' | 'bytes'> {
  const { systemInstruction, contents, generationConfig: config, ...others } = json;
  const known = ['temperature', 'maxOutputTokens', 'responseMimeType', 'responseJsonSchema', 'thinkingConfig'];
  const strangers = [...Object.keys(others), ...Object.keys(config ?? {}).filter((name) => !known.includes(name))];
  const text = contents?.[0]?.parts?.[0]?.text;
  if (strangers.length > 0 || typeof text !== 'string' || config?.responseMimeType !== 'application/json')
    throw new Refused('gemini', 400, 'INVALID_ARGUMENT');
  return {
    protocol: 'gemini',
    model,
    instruction: systemInstruction?.parts?.[0]?.text ?? '',
    data: jsonOf(text),
    schema: config.responseJsonSchema,
    maxOutputTokens: config.maxOutputTokens,
  };
}

function askedOfTogether(json: Json): Omit<AskedModel, 'at' | 'bytes'> {
  const [system, user] = json.messages ?? [];
  const format = json.response_format;
  if (system?.role !== 'system' || user?.role !== 'user' || format?.type !== 'json_schema')
    throw new Refused('together', 400);
  return {
    protocol: 'together',
    model: json.model,
    instruction: system.content,
    data: jsonOf(user.content),
    schema: format.json_schema?.schema,
    maxOutputTokens: json.max_tokens,
  };
}

type Finish = 'complete' | 'truncated' | 'refused' | 'blocked';
const geminiReasons = { complete: 'STOP', truncated: 'MAX_TOKENS', refused: 'SAFETY', blocked: 'SAFETY' };
const togetherReasons = { complete: 'stop', truncated: 'length', refused: 'content_filter', blocked: 'content_filter' };
const tokensIn = (bytes: number) => Math.ceil(bytes / 4);

/** Answers with status 200, as the provider does. */
export function tellAnswer({ protocol, model, bytes }: AskedModel, text: string, finish: Finish, res: ServerResponse) {
  const [input, output] = [tokensIn(bytes), tokensIn(Buffer.byteLength(text))];
  if (protocol === 'together') {
    const choice = { index: 0, message: { role: 'assistant', content: text }, finish_reason: togetherReasons[finish] };
    const usage = { prompt_tokens: input, completion_tokens: output, total_tokens: input + output };
    return tell(res, 200, { id: 'answer', object: 'chat.completion', model, choices: [choice], usage });
  }
  const usageMetadata = { promptTokenCount: input, candidatesTokenCount: output, totalTokenCount: input + output };
  if (finish === 'blocked')
    return tell(res, 200, { promptFeedback: { blockReason: geminiReasons.blocked }, usageMetadata });
  const content = { role: 'model', parts: [{ text }] };
  const candidates = [{ content, finishReason: geminiReasons[finish], index: 0 }];
  return tell(res, 200, { candidates, usageMetadata, modelVersion: model });
}

/** Refuses as the provider does. Gemini says in the body when to come back, Together in a header. */
export function tellError(
  protocol: AskedModel['protocol'],
  status: number,
  reason: string | undefined,
  res: ServerResponse,
  retryAfterSeconds?: number,
) {
  if (protocol === 'together') {
    if (retryAfterSeconds !== undefined) res.setHeader('retry-after', String(retryAfterSeconds));
    return tell(res, status, { error: { message: 'refused', type: 'invalid_request_error' } });
  }
  const info = reason ? [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason }] : [];
  const retry =
    retryAfterSeconds === undefined
      ? []
      : [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${retryAfterSeconds}s` }];
  return tell(res, status, { error: { code: status, message: 'refused', details: [...info, ...retry] } });
}

function tell(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function jsonOf(text: unknown): Json {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
