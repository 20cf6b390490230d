import { operatorTenant } from '../../contract/ids.ts';
import type { RotatingSecret } from '../../contract/rotation.ts';
import { PrivateJwk } from '../../contract/signing-key.ts';
import { makeSigningKey, publicHalfOf } from '../../platform/new-signing-key.ts';
import type { SecretProvider } from '../../platform/secret-provider.ts';
import { announceKey, disableKey, startSigningWith } from '../signing-key-states.ts';
import { unusedSince } from './use.ts';
import { addOrFind, currentSince, disableAfter } from './versions.ts';

const name = 'OAUTH_SIGNING_KEY';
const keyOf = (value: string) => PrivateJwk.parse(JSON.parse(value));

/** The key that signs access tokens: published before it signs, and good for as long as a token of it can live. */
export function signingKeyIn(secrets: SecretProvider): RotatingSecret {
  const versionKey = async (version: string) => keyOf((await secrets.readVersion(name, version)).value);
  return {
    name,
    kind: 'signing-key',
    currentSince: () => currentSince(secrets, name),
    add: () =>
      addOrFind(
        secrets,
        name,
        async () => JSON.stringify(await makeSigningKey()),
        (value) => value.startsWith('{'),
      ),
    accept: async (_, to) => announceKey(publicHalfOf(await versionKey(to))),
    async switchTo(to) {
      const { kid } = await versionKey(to);
      await secrets.makeCurrent(name, to);
      await startSigningWith(kid);
    },
    unusedSince: async (from, since, now) => unusedSince(operatorTenant, (await versionKey(from)).kid, since, now),
    disable: (from) => disableAfter(secrets, name, from, (value) => disableKey(keyOf(value).kid)),
    destroy: (from) => secrets.destroy(name, from),
  };
}
