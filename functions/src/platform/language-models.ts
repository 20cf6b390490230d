import { type HostedModelConfig, keyNameOf } from '../config/language-models.ts';
import { readConfig } from '../config.ts';
import type { LanguageModel } from '../contract/language-model.ts';
import { readSecret, rereadSecret } from './secrets.ts';

export interface LanguageModels {
  /** In the order in which they are asked; empty where no hosted model is configured. */
  readonly chain: readonly LanguageModel[];
}

let opened: { readonly configs: readonly HostedModelConfig[]; readonly models: Promise<LanguageModels> } | undefined;

/**
 * The hosted models that the configuration names. One whose key is missing is among them and fails with `auth` when it is
 * asked, so that those who can do without it go on. @throws Error when no price is known for a model
 */
export function openLanguageModels(): Promise<LanguageModels> {
  const { languageModels: configs } = readConfig();
  // Circuits and turns are kept as long as the configuration is the same.
  if (opened?.configs !== configs) opened = { configs, models: open(configs) };
  return opened.models;
}

async function open(configs: readonly HostedModelConfig[]): Promise<LanguageModels> {
  return { chain: await Promise.all(configs.map(openModel)) };
}

async function openModel(config: HostedModelConfig): Promise<LanguageModel> {
  const name = keyNameOf[config.provider];
  const { hostedModel } = await import('./language-models/hosted-model.ts');
  return hostedModel(await protocolOf(config), {
    name,
    read: async () => (await readSecret(name)).value,
    reread: async () => (await rereadSecret(name)).value,
  });
}

async function protocolOf(config: HostedModelConfig) {
  switch (config.provider) {
    case 'gemini':
      return (await import('./gemini.ts')).geminiProtocol(config);
    case 'together':
      return (await import('./together.ts')).togetherProtocol(config);
  }
}

/** Looks whether every model that is configured has a price and a key. @throws Error, or Problem `secret.unavailable` */
export async function readLanguageModelKeys(): Promise<void> {
  const { chain } = await openLanguageModels();
  await Promise.all(chain.map(({ label }) => readSecret(keyNameOf[label.provider])));
}
