import type { PrivateJwk } from '../../functions/src/contract/signing-key.ts';
import { publicHalfOf } from '../../functions/src/platform/new-signing-key.ts';
import { readSigningSecret } from '../../functions/src/platform/signing-secret.ts';
import { announceKey, startSigningWith } from '../../functions/src/stores/signing-key-states.ts';

/** Lets the key of the secret sign from now on, as the first of a project does: nobody keeps an older JWKS yet. */
export async function publishSigningKey(given?: PrivateJwk): Promise<void> {
  const key = given ?? (await readSigningSecret());
  await announceKey(publicHalfOf(key));
  await startSigningWith(key.kid);
}
