import { Problem } from '../contract/errors.ts';
import { PrivateJwk } from '../contract/signing-key.ts';
import { readSecret, rereadSecret } from './secrets.ts';

/** The private key that signs now; `anew` when the one last read is no longer good. @throws Problem `secret.unavailable` */
export async function readSigningSecret(how?: 'anew'): Promise<PrivateJwk> {
  const { value } = await (how === 'anew' ? rereadSecret : readSecret)('OAUTH_SIGNING_KEY');
  const key = PrivateJwk.safeParse(jsonOf(value));
  // What zod says quotes the value, and so would its cause.
  if (!key.success)
    throw new Problem('secret.unavailable', undefined, {
      cause: new Error('OAUTH_SIGNING_KEY is not a P-256 private JWK'),
    });
  return key.data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
