import { defineSecret } from 'firebase-functions/params';
import { z } from 'zod';

const providers = ['gemini', 'together'] as const;
type Provider = (typeof providers)[number];

/** The secret with each provider's key. */
export const keyNameOf: Readonly<Record<Provider, string>> = {
  gemini: 'GEMINI_API_KEY',
  together: 'TOGETHER_API_KEY',
};

const listed = (text: string) => text.split(',').map((name) => name.trim());

// A path and a slash of our own follow it.
const BaseUrl = z.url({ protocol: /^https?$/ }).regex(/[^/]$/, 'must not end in a slash');

/** The variables about hosted language models, as the environment has them. */
export const languageModelVariables = {
  LANGUAGE_MODELS: z
    .string()
    .transform(listed)
    .pipe(z.array(z.enum(providers)).refine((names) => new Set(names).size === names.length, 'names one twice'))
    .default([]),
  GEMINI_MODEL: z.string().max(100).default('gemini-2.5-flash'),
  GEMINI_BASE_URL: BaseUrl.default('https://generativelanguage.googleapis.com'),
  TOGETHER_MODEL: z.string().max(100).default('Qwen/Qwen3-235B-A22B-Instruct-2507-tput'),
  TOGETHER_BASE_URL: BaseUrl.default('https://api.together.xyz'),
  TENANT_MONTHLY_MICROS: z.coerce.number().int().min(0).max(1e12).default(5_000_000),
};
const Variables = z.object(languageModelVariables);

export interface HostedModelConfig {
  readonly provider: Provider;
  readonly model: string;
  readonly baseUrl: string;
}

/** The hosted models that are asked, in order; none unless some are named. @throws Error naming the variable that is wrong */
export function languageModelsOf(data: z.infer<typeof Variables>, deployed: boolean): readonly HostedModelConfig[] {
  return data.LANGUAGE_MODELS.map((provider) => {
    const prefix = provider === 'gemini' ? 'GEMINI' : 'TOGETHER';
    const baseUrl = data[`${prefix}_BASE_URL`];
    if (deployed && !baseUrl.startsWith('https:'))
      throw new Error(`Configuration is incomplete. ${prefix}_BASE_URL: must be https where it is deployed`);
    return { provider, model: data[`${prefix}_MODEL`], baseUrl };
  });
}

/**
 * The keys of the providers that LANGUAGE_MODELS names. Known at deploy time, and declared for those alone: a secret that is
 * declared has to exist, and who uses no hosted model has none.
 */
export const languageModelSecrets = (named: string | undefined) =>
  providers
    .filter((provider) => listed(named ?? '').includes(provider))
    .map((provider) => defineSecret(keyNameOf[provider]));
