import { publicHalfOf } from '../../functions/src/platform/new-signing-key.ts';
import { readSigningSecret } from '../../functions/src/platform/signing-secret.ts';
import { announceKey, startSigningWith } from '../../functions/src/stores/signing-key-states.ts';

/** Lets the key of the secret sign from now on, as a first start on one machine does: nobody keeps an older JWKS yet. */
export async function publishSigningKey(): Promise<void> {
  const key = await readSigningSecret();
  await announceKey(publicHalfOf(key));
  await startSigningWith(key.kid);
}
