import type { Attribution } from '../../context.ts';
import { makeCredential, recogniseCredential, sealCredential } from '../../contract/credential.ts';
import { Problem } from '../../contract/errors.ts';
import type { TenantId } from '../../contract/ids.ts';
import type { RotatingSecret } from '../../contract/rotation.ts';
import type { SecretProvider } from '../../platform/secret-provider.ts';
import { apiKeysOf } from '../api-keys.ts';
import { unusedSince } from './use.ts';
import { addOrFind, currentSince, disableAfter } from './versions.ts';

/** The secret by which a tenant's own systems are given its API key. */
export const apiKeySecret = (tenant: TenantId) => `gateway-api-key-${tenant}`;

/** Until the step that disables it: the old key's own expiry comes first. */
export const untilDisabledSeconds = 10 * 365 * 86_400;

/** A tenant's API key that is delivered as a secret, which whoever uses it reads again. */
export function apiKeyIn(
  secrets: SecretProvider,
  tenant: TenantId,
  attribution: Attribution,
  now: () => Date,
): RotatingSecret {
  const name = apiKeySecret(tenant);
  const keys = apiKeysOf(tenant, attribution);
  const sealed = async (version: string) => sealCredential((await secrets.readVersion(name, version)).value);
  return {
    name,
    kind: 'api-key',
    currentSince: () => currentSince(secrets, name),
    add: () =>
      addOrFind(
        secrets,
        name,
        async (current) => newKeyInPlaceOf(current),
        (value) => recogniseCredential(value) === 'apiKey',
      ),
    async accept(from, to) {
      const [old, next] = [await sealed(from), await sealed(to)];
      const known = await keys.byId(next.id).catch(unlessMissing);
      if (!known) await keys.rotate(old.id, next, untilDisabledSeconds, now());
    },
    switchTo: (to) => secrets.makeCurrent(name, to),
    unusedSince: async (from, since, at) => unusedSince(tenant, (await sealed(from)).id, since, at),
    disable: (from) => disableAfter(secrets, name, from, (value) => keys.revoke(sealCredential(value).id, now())),
    destroy: (from) => secrets.destroy(name, from),
  };
}

function newKeyInPlaceOf(current: string): string {
  if (recogniseCredential(current) !== 'apiKey')
    throw new Error('not a key of ours: a key of Google’s is replaced by registering another');
  return makeCredential('apiKey');
}

export function unlessMissing(error: unknown): null {
  if (error instanceof Problem && error.code === 'credential.not_found') return null;
  throw error;
}
