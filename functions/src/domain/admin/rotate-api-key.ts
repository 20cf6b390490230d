import type { Tools } from '../../context.ts';
import { type CredentialId, makeCredential, sealCredential } from '../../contract/credential.ts';
import type { Rotation } from '../../stores/api-keys.ts';
import { type Giver, giveScopes } from './give-scopes.ts';

/**
 * A successor of the key; `key` is its text, which only this answer holds. Both are accepted for `overlapSeconds`.
 * @throws Problem `credential.not_found`, `auth.scope_missing`, `credential.conflict`
 */
export async function rotateApiKey(
  { apiKeys, caller, now }: Pick<Tools, 'apiKeys'> & Giver,
  keyId: CredentialId,
  overlapSeconds: number,
): Promise<{ key: string; apiKey: Rotation['key']; replaced: Rotation['replaced'] }> {
  // Whoever rotates a key can use its successor.
  giveScopes(caller.scopes, (await apiKeys.byId(keyId)).scopes);
  const key = makeCredential('apiKey');
  const { key: apiKey, replaced } = await apiKeys.rotate(keyId, sealCredential(key), overlapSeconds, now);
  return { key, apiKey, replaced };
}
