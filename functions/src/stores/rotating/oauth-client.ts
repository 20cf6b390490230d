import { z } from 'zod';
import type { Attribution } from '../../context.ts';
import { ClientId, makeCredential, recogniseCredential, sealCredential } from '../../contract/credential.ts';
import type { TenantId } from '../../contract/ids.ts';
import type { RotatingSecret } from '../../contract/rotation.ts';
import type { SecretProvider } from '../../platform/secret-provider.ts';
import { oauthClientsOf } from '../oauth-clients.ts';
import { untilDisabledSeconds } from './api-key.ts';
import { unusedSince } from './use.ts';
import { addOrFind, currentSince, disableAfter } from './versions.ts';

/** The secret by which a tenant's own systems are given their OAuth client. */
export const oauthClientSecret = (tenant: TenantId) => `oauth-client-${tenant}`;

const Delivered = z.strictObject({
  client_id: ClientId,
  client_secret: z.string().refine((text) => recogniseCredential(text) === 'clientSecret'),
});

/** The value of that secret: `{"client_id":"...","client_secret":"..."}`. */
export const deliveredClient = (clientId: ClientId, clientSecret: string) =>
  JSON.stringify({ client_id: clientId, client_secret: clientSecret });

/** A tenant's OAuth client that is delivered as a secret, which whoever uses it reads again. */
export function oauthClientIn(
  secrets: SecretProvider,
  tenant: TenantId,
  attribution: Attribution,
  now: () => Date,
): RotatingSecret {
  const name = oauthClientSecret(tenant);
  const clients = oauthClientsOf(tenant, attribution);
  const versionOf = async (version: string) => read((await secrets.readVersion(name, version)).value);
  return {
    name,
    kind: 'oauth-client',
    currentSince: () => currentSince(secrets, name),
    add: () =>
      addOrFind(
        secrets,
        name,
        async (current) => deliveredClient(read(current).clientId, makeCredential('clientSecret')),
        (value, current) => safeClientId(value) === safeClientId(current),
      ),
    async accept(_, to) {
      const { clientId, secret } = await versionOf(to);
      const { secrets: accepted } = await clients.byId(clientId);
      if (accepted.some(({ secretId }) => secretId === secret.id)) return;
      await clients.rotate(clientId, secret, untilDisabledSeconds, now());
    },
    switchTo: (to) => secrets.makeCurrent(name, to),
    unusedSince: async (from, since, at) => unusedSince(tenant, (await versionOf(from)).secret.id, since, at),
    disable: (from) =>
      disableAfter(secrets, name, from, (value) => {
        const { clientId, secret } = read(value);
        return clients.endSecret(clientId, secret.id, now());
      }),
    destroy: (from) => secrets.destroy(name, from),
  };
}

function read(value: string) {
  const { client_id: clientId, client_secret: text } = Delivered.parse(JSON.parse(value));
  return { clientId, secret: sealCredential(text) };
}

function safeClientId(value: string): string | undefined {
  try {
    return read(value).clientId;
  } catch {
    return undefined;
  }
}
