import type { z } from 'zod';
import type { Provenance } from './enriched-profile.ts';

/** Who makes the text of a hosted answer. */
export interface LanguageModelLabel {
  readonly provider: Exclude<z.infer<typeof Provenance>['provider'], 'local'>;
  readonly model: string;
}

/** What a model is asked. `instruction` is ours; `data` is other people's and is never an instruction. */
export interface Prompt {
  /** Names the wording of `instruction`, for caches and records. */
  readonly version: string;
  readonly instruction: string;
  /** Sent as JSON, apart from the instruction. */
  readonly data: unknown;
  readonly maxOutputTokens: number;
}

/** What was used, over all attempts. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /**
   * Millionths of a US dollar, by the price table. An attempt whose end was not seen may have been billed: it costs its most
   * here and adds no tokens.
   */
  readonly costMicros: number;
}

/** A hosted model that answers in JSON of a given shape, or fails. */
export interface LanguageModel {
  readonly label: LanguageModelLabel;
  /**
   * The most that an answer of this shape to this prompt can cost with every retry, in millionths of a US dollar: what a budget
   * has to hold before it is asked. The shape is part of what is sent and paid for.
   */
  worstCostMicros(prompt: Prompt, shape: z.ZodType): number;
  /**
   * Answers within `signal` or not at all; retries are inside it.
   * @throws ModelFailure with its category; what was spent on failed attempts is in `usage`
   */
  answer<Shape extends z.ZodType>(
    prompt: Prompt,
    shape: Shape,
    signal: AbortSignal,
  ): Promise<{ readonly value: z.output<Shape>; readonly usage: Usage }>;
}

export const modelFailureCategories = [
  /** No answer within the time of an attempt or of the caller. */
  'timeout',
  'network',
  /** By the provider, or because this instance asks as much at once as it may. */
  'rate_limited',
  'server',
  'auth',
  /** Not JSON, or not of the shape. */
  'malformed',
  /** The answer needed more than `maxOutputTokens`. */
  'truncated',
  /** By the provider: what was asked, or what would have been answered. */
  'refused',
  'too_large',
  /** The provider failed so often that it is not asked for a while. */
  'circuit_open',
] as const;
export type ModelFailureCategory = (typeof modelFailureCategories)[number];

/** Why a hosted model gave no answer that can be used. Its message names no person and quotes no answer. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly category: ModelFailureCategory;
  /** False for what would fail again: a wrong key, an input that is refused, an answer that needs more tokens. */
  readonly isRetryable: boolean;
  readonly usage: Usage;
  /** When the provider asks to be asked again, in milliseconds from the failure; absent where it does not say. */
  readonly retryAfterMs: number | undefined;

  constructor(
    category: ModelFailureCategory,
    message: string,
    {
      usage = nothingSpent,
      retryAfterMs,
      cause,
    }: { usage?: Usage; retryAfterMs?: number | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.category = category;
    this.retryAfterMs = retryAfterMs;
    this.isRetryable = !['auth', 'refused', 'too_large', 'truncated'].includes(category);
    this.usage = usage;
  }
}

export const nothingSpent: Usage = { inputTokens: 0, outputTokens: 0, costMicros: 0 };
