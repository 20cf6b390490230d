import type { TenantTools } from '../../context.ts';
import { delegableScopes } from '../../contract/scopes.ts';
import type { ApiKey } from '../../stores/api-key-documents.ts';
import type { OAuthClient } from '../../stores/oauth-client-documents.ts';
import { createApiKey } from './create-api-key.ts';
import { createOAuthClient } from './create-oauth-client.ts';

/** `key` and `clientSecret` are texts that only this answer holds. */
export interface FirstCredentials {
  readonly key: string;
  readonly apiKey: ApiKey;
  readonly clientSecret: string;
  readonly client: OAuthClient;
}

/**
 * A key and a client for a tenant that is being made. Those of an attempt that ended before it could show them are revoked:
 * nobody has their texts.
 */
export async function firstCredentials({ apiKeys, oauthClients }: TenantTools, now: Date): Promise<FirstCredentials> {
  for (const { keyId, status } of await apiKeys.list(50)) if (status === 'active') await apiKeys.revoke(keyId, now);
  for (const { clientId, status } of await oauthClients.list(20))
    if (status === 'active') await oauthClients.revoke(clientId, now);
  const giver = { caller: { scopes: new Set(delegableScopes) }, now };
  const settings = { name: 'First of the tenant', scopes: [...delegableScopes], expiresInDays: 365 };
  const key = await createApiKey({ apiKeys, ...giver }, { ...settings, callsPerSecond: null });
  const client = await createOAuthClient({ oauthClients, ...giver }, settings);
  return { ...key, ...client };
}
