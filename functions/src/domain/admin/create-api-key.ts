import type { Tools } from '../../context.ts';
import { makeCredential, sealCredential } from '../../contract/credential.ts';
import type { ApiKeySettings } from '../../contract/credential-settings.ts';
import type { ApiKey } from '../../stores/api-key-documents.ts';
import { type Giver, giveScopes, inDays } from './give-scopes.ts';

/**
 * A new key; `key` is its text, which only this answer holds.
 * @throws Problem `auth.scope_missing`, `credential.limit`
 */
export async function createApiKey(
  { apiKeys, caller, now }: Pick<Tools, 'apiKeys'> & Giver,
  { name, scopes, callsPerSecond, expiresInDays }: ApiKeySettings,
): Promise<{ key: string; apiKey: ApiKey }> {
  const given = giveScopes(caller.scopes, scopes);
  const key = makeCredential('apiKey');
  const settings = { name, scopes: given, callsPerSecond, expiresAt: inDays(now, expiresInDays) };
  return { key, apiKey: await apiKeys.create(sealCredential(key), settings, now) };
}
