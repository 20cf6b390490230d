import { z } from 'zod';
import { ClientId, CredentialId } from './credential.ts';
import { delegableScopes } from './scopes.ts';

const scopes = z.array(z.enum(delegableScopes));
const prefix = z.string().meta({ description: 'How its text begins; the rest is known to nobody here.' });
const lifetime = {
  createdAt: z.string(),
  expiresAt: z.string(),
  acceptedUntil: z.string().meta({
    description: 'From then on it is refused: the end of its life or of a rotation’s overlap, or its revocation.',
  }),
};
const use = {
  uses: z.int().min(0),
  lastUsedAt: z
    .string()
    .nullable()
    .meta({ description: 'At most about a minute before the truth; null before any use.' }),
};

/** What is told of an API key; never its text. */
export const ApiKeyView = z.strictObject({
  keyId: CredentialId,
  name: z.string(),
  prefix,
  scopes,
  callsPerSecond: z.number().nullable(),
  status: z.enum(['active', 'expired', 'revoked']).meta({ description: 'As of this answer.' }),
  createdBy: z.string(),
  ...lifetime,
  replaces: CredentialId.nullable(),
  replacedBy: CredentialId.nullable(),
});
export const ListedApiKey = ApiKeyView.extend(use);

const SecretView = z.strictObject({ secretId: CredentialId, prefix, ...lifetime });
const secretsOf = <Secret extends z.ZodType>(secret: Secret) =>
  z.array(secret).max(2).meta({ description: 'The one in use and, while a rotation overlaps, the one before it.' });

/** What is told of an OAuth client; never the text of a secret. */
export const OAuthClientView = z.strictObject({
  clientId: ClientId,
  name: z.string(),
  scopes,
  status: z.enum(['active', 'revoked']),
  createdAt: z.string(),
  createdBy: z.string(),
  secrets: secretsOf(SecretView),
});
export const ListedOAuthClient = OAuthClientView.extend({ secrets: secretsOf(SecretView.extend(use)) });

/** The text of a new key or secret: in this one answer and nowhere else. */
export const ShownOnce = z.string().meta({
  description:
    'Shown once: only a hash of it is kept, so nobody can tell it to you again. Put it where secrets are kept.',
});

interface Lived {
  readonly status: 'active' | 'revoked';
  readonly acceptedUntil: string;
}

/** A key with its state at this moment. */
export function keyAsOf<Key extends Lived>(key: Key, now: Date) {
  const hasEnded = key.status === 'active' && key.acceptedUntil <= now.toISOString();
  return { ...key, status: hasEnded ? ('expired' as const) : key.status };
}
