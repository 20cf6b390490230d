import { z } from 'zod';
import { type Behaviour, goodKey, type ModelServer, startModelServer } from '../../../../scripts/lib/model-server.ts';
import type { ModelFailure, Prompt } from '../../../src/contract/language-model.ts';
import { costMicros, priceOf } from '../../../src/contract/prices.ts';
import { geminiProtocol } from '../../../src/platform/gemini.ts';
import { hostedModel } from '../../../src/platform/language-models/hosted-model.ts';
import { type ResilienceSettings, usualResilience } from '../../../src/platform/language-models/resilience.ts';
import { togetherProtocol } from '../../../src/platform/together.ts';

const quick: ResilienceSettings = {
  ...usualResilience,
  firstDelayMs: 1,
  longestDelayMs: 5,
};
const Verdict = z.strictObject({ candidateId: z.literal('cand-1'), score: z.number().min(0).max(1) });
const verdict = { candidateId: 'cand-1', score: 0.5 };
const prompt: Prompt = {
  version: 'test-1',
  instruction: 'Say how well the person fits.',
  data: { candidateId: 'cand-1', text: 'Kafka e Java, "sênior"' },
  maxOutputTokens: 200,
};
const patient = () => AbortSignal.timeout(20_000);

let server: ModelServer;
beforeAll(async () => {
  server = await startModelServer(() => ({ kind: 'answer', json: verdict }));
});
afterAll(() => server.stop());

const makers = {
  gemini: () => geminiProtocol({ model: 'gemini-2.5-flash', baseUrl: server.url }),
  together: () => togetherProtocol({ model: 'Qwen/Qwen2.5-7B-Instruct-Turbo', baseUrl: server.url }),
};
const keyed = (key: string) => ({ name: 'SOME_API_KEY', read: async () => key, reread: async () => key });

/** A model of its own circuit, a server that does this, and how often it is asked from here on. */
function open(
  provider: keyof typeof makers,
  how: (at: number) => Behaviour,
  settings: Partial<ResilienceSettings> = {},
) {
  const from = server.asked.length;
  server.behave(({ at }) => how(at - from));
  const model = hostedModel(makers[provider](), keyed(goodKey), { ...quick, ...settings });
  return { model, asked: () => server.asked.slice(from) };
}

const failureOf = (answer: Promise<unknown>): Promise<ModelFailure> =>
  answer.then(
    () => Promise.reject(new Error('there was an answer')),
    (error) => error,
  );

describe.each(['gemini', 'together'] as const)('%s', (provider) => {
  it('answers in the shape asked for, with its tokens and their price', async () => {
    const { model, asked } = open(provider, () => ({ kind: 'answer', json: verdict }));
    const { value, usage } = await model.answer(prompt, Verdict, patient());
    expect(value).toEqual(verdict);
    const [{ bytes, ...question }] = asked() as [ReturnType<typeof asked>[number]];
    expect(question).toMatchObject({ protocol: provider, model: model.label.model, data: prompt.data });
    expect(question.instruction).toContain(prompt.instruction);
    expect(question.maxOutputTokens).toBe(200);
    expect(question.schema).toMatchObject({ required: ['candidateId', 'score'], additionalProperties: false });
    const tokens = { inputTokens: Math.ceil(bytes / 4), outputTokens: Math.ceil(JSON.stringify(verdict).length / 4) };
    expect(usage).toEqual({ ...tokens, costMicros: costMicros(priceOf(model.label), tokens) });
    expect(usage.costMicros).toBeLessThan(model.worstCostMicros(prompt, Verdict));
  });

  it.each([
    ['text that is no JSON', { kind: 'text', text: 'Claro! Aqui está: {"score"' }],
    ['JSON of another shape', { kind: 'answer', json: { candidateId: 'cand-1', score: 71 } }],
    ['another candidate’s JSON', { kind: 'answer', json: { candidateId: 'cand-2', score: 0.5 } }],
    ['JSON with more than was asked for', { kind: 'answer', json: { ...verdict, note: 'x' } }],
  ] as const)('is asked once more after %s, and no third time', async (_, behaviour) => {
    const { model, asked } = open(provider, () => behaviour);
    const failure = await failureOf(model.answer(prompt, Verdict, patient()));
    expect(failure).toMatchObject({ name: 'ModelFailure', category: 'malformed' });
    expect(asked()).toHaveLength(2);
    expect(failure.usage.inputTokens).toBe(2 * Math.ceil((asked()[0]?.bytes ?? 0) / 4));
    expect(failure.usage.costMicros).toBeGreaterThan(0);
    expect(failure.message).not.toMatch(/Claro|cand-|note|71/);
  });

  it('makes good of one malformed answer, and counts both', async () => {
    const { model } = open(provider, (at) =>
      at === 0 ? { kind: 'text', text: '{' } : { kind: 'answer', json: verdict },
    );
    const { value, usage } = await model.answer(prompt, Verdict, patient());
    expect(value).toEqual(verdict);
    expect(usage.inputTokens).toBe(2 * Math.ceil((server.asked.at(-1)?.bytes ?? 0) / 4));
  });

  it.each([
    ['truncated', { kind: 'truncated', text: '{"candidateId":"cand-1","sco' }],
    ['refused', { kind: 'refused' }],
    ['refused', { kind: 'blocked' }],
    ['refused', { kind: 'status', status: 400 }],
    ['refused', { kind: 'status', status: 404 }],
    ['too_large', { kind: 'status', status: 413 }],
    ['auth', { kind: 'status', status: 403 }],
  ] as const)('is not asked again what would fail again: %s', async (category, behaviour) => {
    const { model, asked } = open(provider, () => behaviour);
    const failure = await failureOf(model.answer(prompt, Verdict, patient()));
    expect(failure).toMatchObject({ category, isRetryable: false });
    expect(asked()).toHaveLength(1);
    expect(failure.usage.costMicros > 0).toBe(behaviour.kind !== 'status');
  });

  it.each([
    ['rate_limited', { kind: 'status', status: 429 }],
    ['server', { kind: 'status', status: 503 }],
    ['server', { kind: 'status', status: 500 }],
    ['network', { kind: 'reset' }],
    ['timeout', { kind: 'hang' }],
  ] as const)('is asked again after %s, three times in all', async (category, behaviour) => {
    const hangs = behaviour.kind === 'hang';
    const { model, asked } = open(provider, () => behaviour, hangs ? { attemptMs: 150 } : {});
    const failure = await failureOf(model.answer(prompt, Verdict, patient()));
    expect(failure).toMatchObject({ category, isRetryable: true });
    expect(asked()).toHaveLength(3);
    // What was sent and not seen to its end may have been billed; what was refused is not.
    expect(failure.usage.costMicros).toBe(behaviour.kind === 'status' ? 0 : model.worstCostMicros(prompt, Verdict));
  });

  it('answers when a retry helps', async () => {
    const { model } = open(provider, (at) =>
      at < 2 ? { kind: 'status', status: 503 } : { kind: 'answer', json: verdict },
    );
    expect((await model.answer(prompt, Verdict, patient())).value).toEqual(verdict);
  });

  it('is not read beyond a megabyte, nor asked for it again', async () => {
    const { model, asked } = open(provider, () => ({ kind: 'long', bytes: 1_100_000 }));
    const failure = await failureOf(model.answer(prompt, Verdict, patient()));
    expect(failure).toMatchObject({ category: 'too_large', isRetryable: false });
    expect(asked()).toHaveLength(1);
  });

  it('is not followed to another place, where the key would go along', async () => {
    const elsewhere = await startModelServer(() => ({ kind: 'answer', json: verdict }));
    const { model } = open(provider, () => ({ kind: 'redirect', to: elsewhere.url }));
    const failure = await failureOf(model.answer(prompt, Verdict, patient()));
    expect(failure.category).toBe('refused');
    expect(elsewhere.asked).toHaveLength(0);
    await elsewhere.stop();
  });

  it('is not asked a question of over a megabyte', async () => {
    const { model, asked } = open(provider, () => ({ kind: 'answer', json: verdict }));
    const long = { ...prompt, data: 'x'.repeat(1_000_001) };
    expect(await failureOf(model.answer(long, Verdict, patient()))).toMatchObject({ category: 'too_large' });
    expect(asked()).toHaveLength(0);
  });

  it('that nobody listens at costs nothing', async () => {
    const gone = await startModelServer(() => ({ kind: 'hang' }));
    await gone.stop();
    const protocol = { ...makers[provider](), url: `${gone.url}/x` };
    const failure = await failureOf(hostedModel(protocol, keyed(goodKey), quick).answer(prompt, Verdict, patient()));
    expect(failure).toMatchObject({ category: 'network', usage: { costMicros: 0 } });
  });

  it('says which variable lacks the key, and never the key', async () => {
    const { asked } = open(provider, () => ({ kind: 'answer', json: verdict }));
    const unset = hostedModel(
      makers[provider](),
      { ...keyed(''), read: () => Promise.reject(new Error('none')) },
      quick,
    );
    expect((await failureOf(unset.answer(prompt, Verdict, patient()))).message).toContain('SOME_API_KEY');
    const broken = hostedModel(makers[provider](), keyed('broken key\nof two lines'), quick);
    const failure = await failureOf(broken.answer(prompt, Verdict, patient()));
    expect(failure).toMatchObject({ category: 'auth' });
    expect(`${failure.message} ${failure.stack} ${failure.cause}`).not.toContain('broken key');
    expect(asked()).toHaveLength(0);
  });

  it('is asked with the new key when the known one was replaced, and refuses a wrong one for good', async () => {
    open(provider, () => ({ kind: 'answer', json: verdict }));
    const replaced = { ...keyed('old-key-of-a-test'), reread: async () => goodKey };
    const { value } = await hostedModel(makers[provider](), replaced, quick).answer(prompt, Verdict, patient());
    expect(value).toEqual(verdict);
    const failure = await failureOf(
      hostedModel(makers[provider](), keyed('old-key-of-a-test'), quick).answer(prompt, Verdict, patient()),
    );
    expect(failure).toMatchObject({ category: 'auth', usage: { costMicros: 0 } });
    expect(`${failure.message} ${failure.stack}`).not.toContain('old-key');
  });
});
