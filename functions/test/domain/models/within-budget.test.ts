import { z } from 'zod';
import { Problem } from '../../../src/contract/errors.ts';
import { type LanguageModel, ModelFailure, type Prompt } from '../../../src/contract/language-model.ts';
import { withinBudget } from '../../../src/domain/models/within-budget.ts';

const shape = z.strictObject({ ok: z.boolean() });
const prompt: Prompt = { version: 'test-1', instruction: 'Say ok.', data: {}, maxOutputTokens: 10 };
const usage = { inputTokens: 20, outputTokens: 4, costMicros: 7 };

/** A model that does this, a budget of so much, and what became of the money. */
function open(answer: () => Promise<unknown>, left = 100) {
  const told: string[] = [];
  const ids = new Set<string>();
  const model: LanguageModel = {
    label: { provider: 'gemini', model: 'x' },
    worstCostMicros: () => 50,
    answer: async () => {
      told.push('asked');
      return { value: (await answer()) as never, usage };
    },
  };
  const budgets = {
    async reserve(id: string, micros: number) {
      ids.add(id);
      if (micros > left) throw new Problem('budget.exhausted');
      told.push(`held ${micros}`);
    },
    async settle(id: string, micros: number) {
      ids.add(id);
      told.push(`settled ${micros}`);
    },
  };
  const ask = () => withinBudget(budgets, model, prompt, { shape, signal: AbortSignal.timeout(1_000) });
  return { ask, told, ids };
}

describe('a call within the budget', () => {
  it('holds the most it can cost, then asks, then settles for what it cost', async () => {
    const { ask, told, ids } = open(async () => ({ ok: true }));
    expect(await ask()).toEqual({ value: { ok: true }, usage });
    expect(told).toEqual(['held 50', 'asked', 'settled 7']);
    expect(ids.size).toBe(1);
    await ask();
    expect(ids.size).toBe(2);
  });

  it('asks nothing where there is not enough left', async () => {
    const { ask, told } = open(async () => ({ ok: true }), 49);
    await expect(ask()).rejects.toMatchObject({ code: 'budget.exhausted' });
    expect(told).toEqual([]);
  });

  it('settles for what was spent on a failure', async () => {
    const failure = new ModelFailure('malformed', 'as told', { usage: { ...usage, costMicros: 14 } });
    const { ask, told } = open(() => Promise.reject(failure));
    await expect(ask()).rejects.toBe(failure);
    expect(told).toEqual(['held 50', 'asked', 'settled 14']);
  });

  it('leaves all that was held counted where nothing is known of what was spent', async () => {
    const { ask, told } = open(() => Promise.reject(new TypeError('a mistake of ours')));
    await expect(ask()).rejects.toThrow('a mistake of ours');
    expect(told).toEqual(['held 50', 'asked']);
  });
});
