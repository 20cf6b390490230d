import type { Attribution } from '../context.ts';
import { TenantId } from '../contract/ids.ts';
import type { RotatingSecret } from '../contract/rotation.ts';
import type { SecretProvider } from '../platform/secret-provider.ts';
import { apiKeyIn, apiKeySecret } from './rotating/api-key.ts';
import { databaseLoginIn, type WithRotatorDatabase } from './rotating/database-login.ts';
import { oauthClientIn, oauthClientSecret } from './rotating/oauth-client.ts';
import { signingKeyIn } from './rotating/signing-key.ts';

export interface RotatingTools {
  readonly secrets: SecretProvider;
  readonly withDatabase: WithRotatorDatabase;
  readonly attribution: Attribution;
  readonly now: () => Date;
}

/** The secrets that are rotated by themselves: our own two, and every credential of a tenant that is delivered as a secret. */
export async function rotatingSecrets(tools: RotatingTools): Promise<RotatingSecret[]> {
  const names = await tools.secrets.names();
  const managed = names.toSorted().flatMap((name) => findRotating(name, tools) ?? []);
  const own = [signingKeyIn(tools.secrets), databaseLoginIn(tools.secrets, tools.withDatabase)];
  return [...own, ...managed.filter(({ name }) => !own.some((one) => one.name === name))];
}

/** The secret of this name; undefined for one that is not rotated here. */
export function findRotating(name: string, tools: RotatingTools): RotatingSecret | undefined {
  const { secrets, withDatabase, attribution, now } = tools;
  if (name === 'OAUTH_SIGNING_KEY') return signingKeyIn(secrets);
  if (name === 'DATABASE_URL') return databaseLoginIn(secrets, withDatabase);
  const tenant = TenantId.safeParse(/^(?:gateway-api-key|oauth-client)-(.+)$/.exec(name)?.[1]).data;
  if (!tenant) return undefined;
  if (name === apiKeySecret(tenant)) return apiKeyIn(secrets, tenant, attribution, now);
  if (name === oauthClientSecret(tenant)) return oauthClientIn(secrets, tenant, attribution, now);
  return undefined;
}
