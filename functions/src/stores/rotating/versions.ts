import type { SecretProvider } from '../../platform/secret-provider.ts';

/** Since when the current version of a secret has been there; null when there is no such secret. */
export async function currentSince(secrets: SecretProvider, name: string): Promise<Date | null> {
  return (await secrets.list(name)).find(({ current }) => current)?.createdAt ?? null;
}

/**
 * A version newer than the current one: what a run kept that ended before it could say so, if `fits` takes its value, else
 * a new one.
 */
export async function addOrFind(
  secrets: SecretProvider,
  name: string,
  make: (current: string) => Promise<string>,
  fits: (value: string, current: string) => boolean,
): Promise<{ from: string; to: string }> {
  const versions = await secrets.list(name);
  const { version: from, value } = await secrets.read(name);
  const newest = versions.find(({ version, state }) => state === 'enabled' && Number(version) > Number(from));
  if (newest && fits((await secrets.readVersion(name, newest.version)).value, value))
    return { from, to: newest.version };
  return { from, to: await secrets.addVersion(name, await make(value)) };
}

/** Does `work` with the value of a version that is still enabled, then disables it; a disabled one was done before. */
export async function disableAfter(
  secrets: SecretProvider,
  name: string,
  version: string,
  work: (value: string) => Promise<unknown>,
): Promise<void> {
  const info = (await secrets.list(name)).find((one) => one.version === version);
  if (info?.state !== 'enabled') return;
  await work((await secrets.readVersion(name, version)).value);
  await secrets.disable(name, version);
}
