import { givenSecret, readConfig } from '../config.ts';
import { keepSecret } from './redaction.ts';
import { cacheSecrets, type Secret, type SecretCache } from './secret-cache.ts';
import type { SecretProvider, SecretVersion } from './secret-provider.ts';

let opened: Promise<SecretProvider> | undefined;
let cache: SecretCache | undefined;

/** Secret Manager when deployed; on one machine the file `.secret.local`. */
export function openSecrets(): Promise<SecretProvider> {
  opened ??= (async () => {
    const { secrets } = readConfig();
    if (secrets.kind === 'file')
      return registered((await import('./local-secrets.ts')).openLocalSecrets(secrets.path, givenSecret));
    return registered(await (await import('./secret-manager.ts')).openSecretManager({ project: secrets.project }));
  })().catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/** The same provider, every value of which is from now on taken out of what is written. */
function registered(provider: SecretProvider): SecretProvider {
  const keep = (name: string) => (secret: SecretVersion) => {
    keepSecret(name, secret.value);
    return secret;
  };
  return {
    ...provider,
    read: (name) => provider.read(name).then(keep(name)),
    readVersion: (name, version) => provider.readVersion(name, version).then(keep(name)),
    addVersion(name, value) {
      keepSecret(name, value);
      return provider.addVersion(name, value);
    },
  };
}

const cached = (): SecretCache => {
  cache ??= cacheSecrets({ open: openSecrets, given: givenSecret, ttlMs: readConfig().secrets.ttlSeconds * 1_000 });
  return cache;
};

/** A secret as it is now, give or take its time to live. @throws Problem `secret.unavailable` */
export const readSecret = (name: string): Promise<Secret> => cached().read(name);

/** The same read anew: for when what is known was refused. At most once in five seconds for each secret. @throws Problem `secret.unavailable` */
export const rereadSecret = (name: string): Promise<Secret> => cached().reread(name);

/** Forgets everything that was read and where from. */
export function closeSecrets(): void {
  opened = undefined;
  cache = undefined;
}
