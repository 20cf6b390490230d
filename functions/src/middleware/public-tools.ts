import { readConfig, requireOAuth } from '../config.ts';
import type { IssuedToken, ProvenClient, PublicToolName, PublicTools } from '../context.ts';
import { Problem } from '../contract/errors.ts';
import type { Scope } from '../contract/scopes.ts';
import { signAccessToken } from '../platform/access-tokens.ts';
import { readSigningSecret } from '../platform/signing-secret.ts';
import { findVerifyingKey, publishedKeys } from '../stores/signing-keys.ts';
import { type Asker, proveClient } from './prove-client.ts';

/** Who asks, and who hears of it once it is known. */
export interface PublicAsker extends Asker {
  proven(client: ProvenClient): void;
}

const openers: { readonly [Name in PublicToolName]: (asker: PublicAsker) => PublicTools[Name] } = {
  clients: (asker) => ({
    async prove(clientId, secret) {
      const client = await proveClient(clientId, secret, asker);
      asker.proven(client);
      return client;
    },
  }),
  tokens: () => ({ issue }),
  signingKeys: () => ({ published: async () => (await publishedKeys()).map(({ publicJwk }) => publicJwk) }),
  issuer: () => ({ url: requireOAuth().issuer }),
};

/** Opens the named tools for one call. @throws Error when the configuration lacks what one of them needs */
export function openPublicTools<Name extends PublicToolName>(
  names: readonly Name[],
  asker: PublicAsker,
): Pick<PublicTools, Name> {
  return Object.fromEntries(names.map((name) => [name, openers[name](asker)])) as Pick<PublicTools, Name>;
}

async function issue({ clientId, tenant }: ProvenClient, scopes: readonly Scope[]): Promise<IssuedToken> {
  const oauth = requireOAuth(readConfig());
  const token = await signAccessToken({ clientId, tenant, scopes }, oauth, await signingKey());
  return { token, seconds: oauth.tokenSeconds };
}

/** The key of the secret, as long as tokens by it are good; read anew when it was replaced meanwhile. */
async function signingKey() {
  const key = await readSigningSecret();
  const state = (await findVerifyingKey(key.kid))?.state;
  if (state === 'signing' || state === 'announced') return key;
  const newer = await readSigningSecret('anew');
  if (await findVerifyingKey(newer.kid)) return newer;
  throw new Problem('secret.unavailable', undefined, {
    cause: new Error(`the signing key ${newer.kid} is not published`),
  });
}
