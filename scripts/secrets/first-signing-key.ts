import { PrivateJwk } from '../../functions/src/contract/signing-key.ts';
import { makeSigningKey } from '../../functions/src/platform/new-signing-key.ts';
import type { SecretProvider } from '../../functions/src/platform/secret-provider.ts';
import { publishSigningKey } from '../lib/publish-signing-key.ts';

const name = 'OAUTH_SIGNING_KEY';

/**
 * Makes the key that signs access tokens where a project has none, and lets it sign. Where there is one, lets that one sign:
 * the same call goes on where an earlier one stopped. Returns its `kid`.
 */
export async function firstSigningKey(secrets: SecretProvider): Promise<{ kid: string; isNew: boolean }> {
  const isNew = (await secrets.list(name)).length === 0;
  if (isNew) await secrets.addVersion(name, JSON.stringify(await makeSigningKey()));
  const key = PrivateJwk.parse(JSON.parse((await secrets.read(name)).value));
  await publishSigningKey(key);
  return { kid: key.kid, isNew };
}
