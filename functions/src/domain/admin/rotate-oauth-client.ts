import type { Tools } from '../../context.ts';
import { type ClientId, makeCredential, sealCredential } from '../../contract/credential.ts';
import type { OAuthClient } from '../../stores/oauth-client-documents.ts';
import { type Giver, giveScopes } from './give-scopes.ts';

/**
 * A second secret for the client; `clientSecret` is its text, which only this answer holds. Both are accepted for `overlapSeconds`.
 * @throws Problem `credential.not_found`, `auth.scope_missing`, `credential.conflict`
 */
export async function rotateOAuthClient(
  { oauthClients, caller, now }: Pick<Tools, 'oauthClients'> & Giver,
  clientId: ClientId,
  overlapSeconds: number,
): Promise<{ clientSecret: string; client: OAuthClient }> {
  // Whoever rotates a client's secret can sign in as the client.
  giveScopes(caller.scopes, (await oauthClients.byId(clientId)).scopes);
  const clientSecret = makeCredential('clientSecret');
  const client = await oauthClients.rotate(clientId, sealCredential(clientSecret), overlapSeconds, now);
  return { clientSecret, client };
}
