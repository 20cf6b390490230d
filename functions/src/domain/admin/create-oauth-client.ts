import type { Tools } from '../../context.ts';
import { makeCredential, sealCredential } from '../../contract/credential.ts';
import type { OAuthClientSettings } from '../../contract/credential-settings.ts';
import type { OAuthClient } from '../../stores/oauth-client-documents.ts';
import { type Giver, giveScopes, inDays } from './give-scopes.ts';

/**
 * A new client with its first secret; `clientSecret` is its text, which only this answer holds.
 * @throws Problem `auth.scope_missing`, `credential.limit`
 */
export async function createOAuthClient(
  { oauthClients, caller, now }: Pick<Tools, 'oauthClients'> & Giver,
  { name, scopes, expiresInDays }: OAuthClientSettings,
): Promise<{ clientSecret: string; client: OAuthClient }> {
  const given = giveScopes(caller.scopes, scopes);
  const clientSecret = makeCredential('clientSecret');
  const settings = { name, scopes: given, expiresAt: inDays(now, expiresInDays) };
  return { clientSecret, client: await oauthClients.create(sealCredential(clientSecret), settings, now) };
}
