import type { Tools } from '../../context.ts';
import { recogniseCredential, sealCredential } from '../../contract/credential.ts';
import type { ApiKeySettings } from '../../contract/credential-settings.ts';
import { Problem } from '../../contract/errors.ts';
import type { ApiKey } from '../../stores/api-key-documents.ts';
import { type Giver, giveScopes, inDays } from './give-scopes.ts';

/**
 * Takes a key that Google made as one of the tenant's, since Google's API Gateway asks for its own kind in `X-API-Key`. For
 * operators, who made it in the console of Google Cloud.
 * @throws Problem `input.invalid` for another text, `auth.scope_missing`, `credential.limit`, `credential.conflict` for a known one
 */
export async function registerGoogleKey(
  { apiKeys, caller, now }: Pick<Tools, 'apiKeys'> & Giver,
  key: string,
  { name, scopes, callsPerSecond, expiresInDays }: ApiKeySettings,
): Promise<ApiKey> {
  if (recogniseCredential(key) !== 'googleKey')
    throw new Problem('input.invalid', [
      { path: 'key', message: 'must be a key of Google Cloud: AIza and 35 characters' },
    ]);
  const given = giveScopes(caller.scopes, scopes);
  const settings = { name, scopes: given, callsPerSecond, expiresAt: inDays(now, expiresInDays) };
  return apiKeys.create(sealCredential(key), settings, now);
}
