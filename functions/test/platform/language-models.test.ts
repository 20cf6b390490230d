import { declaredParams } from 'firebase-functions/params';
import { z } from 'zod';
import { type ModelServer, startModelServer } from '../../../scripts/lib/model-server.ts';
import { secretsFor } from '../../src/config/function-secrets.ts';
import { readConfig } from '../../src/config.ts';
import { openLanguageModels, readLanguageModelKeys } from '../../src/platform/language-models.ts';
import { closeSecrets } from '../../src/platform/secrets.ts';
import { tellSecret } from '../known-secrets.ts';

const key = 'key-of-gemini-in-a-test-a8f2';
tellSecret('GEMINI_API_KEY', key);
const Ok = z.strictObject({ ok: z.boolean() });
const prompt = { version: 'test-1', instruction: 'Say ok.', data: {}, maxOutputTokens: 10 };
const soon = () => AbortSignal.timeout(20_000);

let server: ModelServer;
const before = { ...process.env };
const set = (variables: Record<string, string>) => Object.assign(process.env, variables);
beforeAll(async () => {
  server = await startModelServer(() => ({ kind: 'answer', json: { ok: true } }), { keys: [key] });
});
beforeEach(() => {
  set({ GEMINI_BASE_URL: server.url, TOGETHER_BASE_URL: server.url, SECRETS_FILE: '/nowhere/.secret.local' });
  closeSecrets();
});
afterEach(() => {
  process.env = { ...before };
});
afterAll(async () => {
  closeSecrets();
  await server.stop();
});

describe('hosted language models', () => {
  it('are none unless they are named', async () => {
    expect((await openLanguageModels()).chain).toEqual([]);
    await readLanguageModelKeys();
  });

  it('are asked in the order in which they are named, with the key of the secret', async () => {
    set({ LANGUAGE_MODELS: 'together, gemini', GEMINI_API_KEY: key });
    const { chain } = await openLanguageModels();
    expect(chain.map(({ label }) => label)).toEqual([
      { provider: 'together', model: 'Qwen/Qwen3-235B-A22B-Instruct-2507-tput' },
      { provider: 'gemini', model: 'gemini-2.5-flash' },
    ]);
    expect((await chain[1]?.answer(prompt, Ok, soon()))?.value).toEqual({ ok: true });
    // The circuit of a provider is that of all who ask.
    expect((await openLanguageModels()).chain[1]).toBe(chain[1]);
  });

  it('that lack their key say so when they are asked and in /ready, and keep nobody else from working', async () => {
    set({ LANGUAGE_MODELS: 'gemini,together', GEMINI_API_KEY: key });
    const { chain } = await openLanguageModels();
    await expect(chain[1]?.answer(prompt, Ok, soon())).rejects.toMatchObject({
      category: 'auth',
      message: expect.stringContaining('TOGETHER_API_KEY'),
    });
    expect((await chain[0]?.answer(prompt, Ok, soon()))?.value).toEqual({ ok: true });
    await expect(readLanguageModelKeys()).rejects.toMatchObject({ code: 'secret.unavailable' });
    set({ TOGETHER_API_KEY: key });
    closeSecrets();
    await readLanguageModelKeys();
  });

  it('that have no price are not asked', async () => {
    set({ LANGUAGE_MODELS: 'gemini', GEMINI_MODEL: 'gemini-9-ultra', GEMINI_API_KEY: key });
    await expect(openLanguageModels()).rejects.toThrow('no price is known for gemini-9-ultra');
  });
});

describe('their configuration', () => {
  it.each([
    [{ LANGUAGE_MODELS: 'gemini,openai' }, 'LANGUAGE_MODELS'],
    [{ LANGUAGE_MODELS: 'gemini,gemini' }, 'LANGUAGE_MODELS: names one twice'],
    [{ GEMINI_BASE_URL: 'ftp://example.com' }, 'GEMINI_BASE_URL'],
    [{ TOGETHER_BASE_URL: 'https://example.com/' }, 'TOGETHER_BASE_URL: must not end in a slash'],
    [{ TENANT_MONTHLY_MICROS: '-1' }, 'TENANT_MONTHLY_MICROS'],
  ])('%j is refused, and the variable named', (variables, message) => {
    expect(() => readConfig(variables)).toThrow(message);
  });

  it('takes plain http on one machine only', () => {
    const plain = { LANGUAGE_MODELS: 'gemini', GEMINI_BASE_URL: 'http://127.0.0.1:8099' };
    expect(readConfig(plain).languageModels[0]?.baseUrl).toBe('http://127.0.0.1:8099');
    expect(() => readConfig({ ...plain, K_SERVICE: 'search-rerank' })).toThrow('GEMINI_BASE_URL: must be https');
  });

  it('gives a function the keys of the providers that are named, and declares no other secret', () => {
    const needs = { needs: ['languageModels'], effect: 'reads' } as const;
    const names = () => secretsFor(needs).map(({ name }) => name);
    expect(names()).toEqual(['REDIS_URL']);
    expect(declaredParams.map(({ name }) => name)).not.toContain('GEMINI_API_KEY');
    set({ LANGUAGE_MODELS: 'gemini' });
    expect(names()).toEqual(['REDIS_URL', 'GEMINI_API_KEY']);
    expect(secretsFor({ needs: ['lexicon'], effect: 'reads' }).map(({ name }) => name)).toEqual(['REDIS_URL']);
    expect(declaredParams.map(({ name }) => name)).not.toContain('TOGETHER_API_KEY');
  });
});
