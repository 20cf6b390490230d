import { z } from 'zod';
import type { ModelProtocol, Reading } from './language-models/protocol.ts';

const Count = z.int().min(0).default(0);

const Answer = z.object({
  candidates: z
    .array(
      z.object({
        content: z.object({ parts: z.array(z.object({ text: z.string().optional() })).default([]) }).optional(),
        finishReason: z.string().optional(),
      }),
    )
    .default([]),
  promptFeedback: z.object({ blockReason: z.string().optional() }).optional(),
  usageMetadata: z
    .object({ promptTokenCount: Count, candidatesTokenCount: Count, thoughtsTokenCount: Count })
    .optional(),
});

const Refusal = z.object({
  error: z.object({
    details: z.array(z.looseObject({ reason: z.string().optional(), retryDelay: z.string().optional() })).default([]),
  }),
});

/** The Gemini API's `generateContent` (https://ai.google.dev/api/generate-content), without thinking, at temperature 0. */
export function geminiProtocol({ model, baseUrl }: { model: string; baseUrl: string }): ModelProtocol {
  return {
    label: { provider: 'gemini', model },
    url: `${baseUrl}/v1beta/models/${model}:generateContent`,
    headers: (key) => ({ 'x-goog-api-key': key }),
    body: ({ instruction, data, maxOutputTokens }, schema) => ({
      systemInstruction: { parts: [{ text: instruction }] },
      contents: [{ role: 'user', parts: [{ text: JSON.stringify(data) }] }],
      generationConfig: {
        temperature: 0,
        maxOutputTokens,
        responseMimeType: 'application/json',
        responseJsonSchema: schema,
        thinkingConfig: { thinkingBudget: 0 },
      },
    }),
    read,
    // A key that is wrong is a bad request to this API, told from others by its reason.
    isAboutKey: (status, body) =>
      status === 401 || status === 403 || detailsOf(body).some(({ reason }) => reason?.startsWith('API_KEY_')),
    retryAfterMs: (body) => {
      const delay = detailsOf(body).find(({ retryDelay }) => retryDelay !== undefined)?.retryDelay;
      const seconds = Number(/^(\d+(?:\.\d+)?)s$/.exec(delay ?? '')?.[1] ?? Number.NaN);
      return Number.isFinite(seconds) ? seconds * 1_000 : undefined;
    },
  };
}

const detailsOf = (body: unknown) => Refusal.safeParse(body).data?.error.details ?? [];

function read(body: unknown): Reading {
  const { data } = Answer.safeParse(body);
  if (!data) return { kind: 'failure', category: 'malformed', reason: 'no answer of its protocol', tokens: undefined };
  const { candidates, promptFeedback, usageMetadata: used } = data;
  const tokens = used && {
    inputTokens: used.promptTokenCount,
    outputTokens: used.candidatesTokenCount + used.thoughtsTokenCount,
  };
  const failure = (category: 'malformed' | 'truncated' | 'refused', reason: string): Reading => ({
    kind: 'failure',
    category,
    reason,
    tokens,
  });
  if (promptFeedback?.blockReason) return failure('refused', word(promptFeedback.blockReason));
  const [candidate] = candidates;
  const finish = candidate?.finishReason ?? '';
  if (finish === 'MAX_TOKENS') return failure('truncated', finish);
  const text = candidate?.content?.parts.map((part) => part.text ?? '').join('') ?? '';
  if (finish === 'STOP') return text === '' ? failure('malformed', 'empty') : { kind: 'answer', text, tokens };
  // SAFETY, RECITATION, BLOCKLIST, PROHIBITED_CONTENT, SPII and whatever is added.
  return finish === '' ? failure('malformed', 'no finish reason') : failure('refused', word(finish));
}

// A reason goes into an error text: only one that looks like the constants of the protocol may.
const word = (reason: string) => (/^[A-Z_]{1,40}$/.test(reason) ? reason : 'OTHER');
