import { z } from 'zod';
import type { ModelProtocol, Reading } from './language-models/protocol.ts';

const Answer = z.object({
  choices: z
    .array(
      z.object({
        message: z.object({ content: z.string().nullish() }),
        finish_reason: z.string().nullish(),
      }),
    )
    .min(1),
  usage: z.object({ prompt_tokens: z.int().min(0), completion_tokens: z.int().min(0) }).nullish(),
});

/** Together's `chat/completions` (https://docs.together.ai/reference/chat-completions-1), at temperature 0. */
export function togetherProtocol({ model, baseUrl }: { model: string; baseUrl: string }): ModelProtocol {
  return {
    label: { provider: 'together', model },
    url: `${baseUrl}/v1/chat/completions`,
    headers: (key) => ({ authorization: `Bearer ${key}` }),
    body: ({ instruction, data, maxOutputTokens }, schema) => ({
      model,
      messages: [
        // Its documents ask for the schema in words as well.
        { role: 'system', content: `${instruction}\nAnswer only in JSON of this schema: ${JSON.stringify(schema)}` },
        { role: 'user', content: JSON.stringify(data) },
      ],
      max_tokens: maxOutputTokens,
      temperature: 0,
      response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } },
    }),
    read,
    isAboutKey: (status) => status === 401 || status === 402 || status === 403,
    retryAfterMs: () => undefined,
  };
}

function read(body: unknown): Reading {
  const { data } = Answer.safeParse(body);
  if (!data) return { kind: 'failure', category: 'malformed', reason: 'no answer of its protocol', tokens: undefined };
  const { usage, choices } = data;
  const tokens = usage ? { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } : undefined;
  const { message, finish_reason: finish } = choices[0] as (typeof choices)[number];
  if (finish === 'length') return { kind: 'failure', category: 'truncated', reason: finish, tokens };
  if (finish === 'content_filter') return { kind: 'failure', category: 'refused', reason: finish, tokens };
  if (!message.content) return { kind: 'failure', category: 'malformed', reason: 'empty', tokens };
  return { kind: 'answer', text: message.content, tokens };
}
