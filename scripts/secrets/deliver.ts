import { ApiKeySettings, OAuthClientSettings } from '../../functions/src/contract/credential-settings.ts';
import { TenantId } from '../../functions/src/contract/ids.ts';
import { delegableScopes, type Scope } from '../../functions/src/contract/scopes.ts';
import { createApiKey } from '../../functions/src/domain/admin/create-api-key.ts';
import { createOAuthClient } from '../../functions/src/domain/admin/create-oauth-client.ts';
import { openSecrets } from '../../functions/src/platform/secrets.ts';
import { apiKeySecret } from '../../functions/src/stores/rotating/api-key.ts';
import { deliveredClient, oauthClientSecret } from '../../functions/src/stores/rotating/oauth-client.ts';
import { connect } from '../tenant/connect.ts';

/**
 * Makes a tenant an API key and an OAuth client that are delivered as secrets, and from then on rotated by themselves.
 * Returns the names of the secrets. @throws Error when the tenant has them already
 */
export async function deliver(
  id: string,
  settings: { name: string; scopes?: string; days: string },
): Promise<string[]> {
  const tenant = TenantId.parse(id);
  const operator = await connect('deliver');
  const { tenantId } = await operator.tenancies.byId(tenant);
  const { apiKeys, oauthClients } = operator.of(tenantId);
  const secrets = await openSecrets();
  const [keyName, clientName] = [apiKeySecret(tenantId), oauthClientSecret(tenantId)];
  for (const name of [keyName, clientName])
    if ((await secrets.list(name)).length > 0) throw new Error(`there is a secret ${name} already`);

  const scopes = settings.scopes?.split(',').map((scope) => scope.trim()) ?? delegableScopes;
  const of = { name: settings.name, scopes, expiresInDays: Number(settings.days) };
  const [caller, now] = [{ scopes: new Set<Scope>(delegableScopes) }, new Date()];
  const { key, apiKey } = await createApiKey({ apiKeys, caller, now }, ApiKeySettings.parse(of));
  // What nobody could be given must not stay good.
  await secrets.addVersion(keyName, key).catch(async (error) => {
    await apiKeys.revoke(apiKey.keyId, now);
    throw error;
  });
  const { clientSecret, client } = await createOAuthClient(
    { oauthClients, caller, now },
    OAuthClientSettings.parse(of),
  );
  await secrets.addVersion(clientName, deliveredClient(client.clientId, clientSecret)).catch(async (error) => {
    await oauthClients.revoke(client.clientId, now);
    throw error;
  });
  return [keyName, clientName];
}
