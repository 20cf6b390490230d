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

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Millionths of a US dollar, by the price table. */
  readonly costMicros: number;
}

/** A hosted model that answers in JSON of a given shape, or fails. */
export interface LanguageModel {
  readonly label: LanguageModelLabel;
  /** The most that an answer to this prompt can cost, in millionths of a US dollar: what a budget has to hold before it is asked. */
  worstCostMicros(prompt: Prompt): number;
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
  'timeout',
  'network',
  'rate_limited',
  'server',
  'auth',
  'malformed',
  'truncated',
  'refused',
  'too_large',
  'circuit_open',
] as const;
export type ModelFailureCategory = (typeof modelFailureCategories)[number];

/** Why a hosted model gave no answer that can be used. Its message names no person and quotes no answer. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly category: ModelFailureCategory;
  /** False for what would fail again: a wrong key, an input that is refused. */
  readonly isRetryable: boolean;
  readonly usage: Usage;

  constructor(
    category: ModelFailureCategory,
    message: string,
    { usage = nothingSpent, cause }: { usage?: Usage; cause?: unknown } = {},
  ) {
    super(message, { cause });
    this.category = category;
    this.isRetryable = !['auth', 'refused', 'too_large'].includes(category);
    this.usage = usage;
  }
}

export const nothingSpent: Usage = { inputTokens: 0, outputTokens: 0, costMicros: 0 };
