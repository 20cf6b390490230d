import type { LanguageModelLabel, ModelFailureCategory, Prompt } from '../../contract/language-model.ts';

/** A JSON Schema within what hosted models take. */
export type JsonSchema = { readonly [key: string]: unknown };

/** What an answer's body says, in the terms of no provider. */
export type Reading =
  | { readonly kind: 'answer'; readonly text: string; readonly tokens: Tokens | undefined }
  | {
      readonly kind: 'failure';
      readonly category: Extract<ModelFailureCategory, 'malformed' | 'truncated' | 'refused'>;
      readonly reason: string;
      readonly tokens: Tokens | undefined;
    };

export interface Tokens {
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** How one provider is spoken to. Knows its words, and neither time nor money. */
export interface ModelProtocol {
  readonly label: LanguageModelLabel;
  readonly url: string;
  headers(key: string): Readonly<Record<string, string>>;
  body(prompt: Prompt, schema: JsonSchema): unknown;
  /** Of a body with status 200. */
  read(body: unknown): Reading;
  /** Whether a refusal with this status is about the key. */
  isAboutKey(status: number, body: unknown): boolean;
  /** What the body of a refusal says of when to come back, in milliseconds. */
  retryAfterMs(body: unknown): number | undefined;
}
