import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { type LanguageModel, ModelFailure, type Prompt, type Usage } from '../../contract/language-model.ts';
import type { Budgets } from '../../stores/budgets.ts';

/** What is wanted of a model: an answer of this shape, before `signal`. */
export interface BudgetedCall<Shape extends z.ZodType> {
  readonly shape: Shape;
  readonly signal: AbortSignal;
}

// Longer than any call lasts with its retries and pauses: what is not settled then has no caller any more.
const reservedSeconds = 600;

/**
 * Asks the model with the most it can cost held beforehand, and settles for what it did cost, also when it fails.
 * @throws Problem `budget.exhausted` before anything is asked; ModelFailure
 */
export async function withinBudget<Shape extends z.ZodType>(
  budgets: Pick<Budgets, 'reserve' | 'settle'>,
  model: LanguageModel,
  prompt: Prompt,
  { shape, signal }: BudgetedCall<Shape>,
): Promise<{ readonly value: z.output<Shape>; readonly usage: Usage }> {
  const id = randomUUID();
  await budgets.reserve(id, model.worstCostMicros(prompt, shape), reservedSeconds, new Date());
  try {
    const answer = await model.answer(prompt, shape, signal);
    await budgets.settle(id, answer.usage.costMicros);
    return answer;
  } catch (error) {
    // Of any other error it is not known what was spent: then all that was held counts.
    if (error instanceof ModelFailure) await budgets.settle(id, error.usage.costMicros);
    throw error;
  }
}
