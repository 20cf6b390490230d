import type { LanguageModelLabel, Usage } from './language-model.ts';

/** Millionths of a US dollar per million tokens, so a list price of USD 0.30 is 300,000. */
export interface Price {
  readonly inputMicros: number;
  readonly outputMicros: number;
  /** The provider's public list, and when it was looked at. */
  readonly source: string;
  readonly asOf: string;
}

const google = 'https://ai.google.dev/gemini-api/docs/pricing';
const together = 'https://www.together.ai/pricing';
const asOf = '2026-11-24';

/** What hosted models cost, by provider and model; one that is not here cannot be configured. */
export const prices: Readonly<Record<string, Price>> = {
  'gemini/gemini-2.5-flash': { inputMicros: 300_000, outputMicros: 2_500_000, source: google, asOf },
  'together/Qwen/Qwen2.5-7B-Instruct-Turbo': { inputMicros: 300_000, outputMicros: 300_000, source: together, asOf },
  'together/Qwen/Qwen2.5-72B-Instruct-Turbo': {
    inputMicros: 1_200_000,
    outputMicros: 1_200_000,
    source: together,
    asOf,
  },
  'together/Qwen/Qwen3-235B-A22B-Instruct-2507-tput': {
    inputMicros: 200_000,
    outputMicros: 600_000,
    source: together,
    asOf,
  },
};

/** @throws Error naming the models of the provider that have a price */
export function priceOf({ provider, model }: LanguageModelLabel): Price {
  const price = prices[`${provider}/${model}`];
  if (price) return price;
  const known = Object.keys(prices).filter((key) => key.startsWith(`${provider}/`));
  throw new Error(
    `no price is known for ${model}; there is one for ${known.join(', ').replaceAll(`${provider}/`, '')}`,
  );
}

/** Rounded up to a whole millionth of a US dollar, so that many small calls never cost more than was counted. */
export function costMicros(
  { inputMicros, outputMicros }: Price,
  { inputTokens, outputTokens }: Pick<Usage, 'inputTokens' | 'outputTokens'>,
): number {
  return Math.ceil((inputTokens * inputMicros + outputTokens * outputMicros) / 1_000_000);
}
