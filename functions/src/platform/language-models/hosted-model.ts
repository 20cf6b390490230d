import type { z } from 'zod';
import { type LanguageModel, ModelFailure, nothingSpent, type Usage } from '../../contract/language-model.ts';
import { priceOf } from '../../contract/prices.ts';
import { type Answer, attempt, type Question, questionOf } from './attempt.ts';
import type { ModelProtocol } from './protocol.ts';
import { type ResilienceSettings, resilienceOf, usualResilience } from './resilience.ts';

/** Where a provider's key comes from: the secret of that name. Both ways of reading throw when there is none. */
export interface KeySource {
  readonly name: string;
  read(): Promise<string>;
  /** The key read anew, since the known one was refused. */
  reread(): Promise<string>;
}

/** A question longer than this is not asked; in tokens it is never more. */
export const mostQuestionBytes = 1_000_000;

/** A provider's model behind time limits, retries, circuit and turns. @throws Error when no price is known for it */
export function hostedModel(
  protocol: ModelProtocol,
  keys: KeySource,
  settings: ResilienceSettings = usualResilience,
): LanguageModel {
  const { label } = protocol;
  const name = `${label.provider} ${label.model}`;
  const resilience = resilienceOf(name, settings);
  priceOf(label);

  async function askOnce<Shape extends z.ZodType>(
    question: Question<Shape>,
    signal: AbortSignal,
  ): Promise<Answer<z.output<Shape>>> {
    const key = await keyFrom(keys.read);
    try {
      return await attempt(protocol, key, question, signal);
    } catch (error) {
      if (!(error instanceof ModelFailure) || error.category !== 'auth') throw error;
      // It may have been replaced since it was read.
      const fresh = await keyFrom(keys.reread);
      if (fresh === key) throw error;
      return attempt(protocol, fresh, question, signal);
    }
  }

  async function keyFrom(read: () => Promise<string>): Promise<string> {
    const key = await read().catch(() => '');
    if (/^[\x21-\x7e]{8,}$/.test(key)) return key;
    throw new ModelFailure(
      'auth',
      `Configuration is incomplete. ${keys.name}: the key of ${name} is not set, or is no key`,
    );
  }

  return {
    label,
    worstCostMicros: (prompt, shape) => (settings.retries + 1) * questionOf(protocol, prompt, shape).worstMicros,
    async answer(prompt, shape, signal) {
      const question = questionOf(protocol, prompt, shape);
      if (Buffer.byteLength(question.body) > mostQuestionBytes)
        throw new ModelFailure('too_large', `${name}: the question is over ${mostQuestionBytes} bytes`);
      let spent = nothingSpent;
      let asking = false;
      const ask = async (within: AbortSignal) => {
        asking = true;
        try {
          const { value, usage } = await askOnce(question, within);
          spent = sum(spent, usage);
          return value;
        } catch (error) {
          if (error instanceof ModelFailure) spent = sum(spent, error.usage);
          throw error;
        } finally {
          asking = false;
        }
      };
      try {
        return { value: await resilience.run(ask, signal), usage: spent };
      } catch (error) {
        if (!(error instanceof ModelFailure)) throw error;
        const { category, message, retryAfterMs } = error;
        const usage = asking ? sum(spent, { ...nothingSpent, costMicros: question.worstMicros }) : spent;
        throw new ModelFailure(category, message, { usage, retryAfterMs });
      }
    },
  };
}

const sum = (a: Usage, b: Usage): Usage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
  costMicros: a.costMicros + b.costMicros,
});
