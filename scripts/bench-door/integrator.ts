import { byScript } from '../lib/by-script.ts';
import type { Served } from '../lib/serve.ts';

/** An integrator of a new tenant that may call as often as it likes: the headers of its calls. */
export async function integratorOf({ host }: Served, tenantId: string): Promise<{ headers: Record<string, string> }> {
  const [
    { makeCredential, sealCredential },
    { TenantId },
    { apiKeysOf },
    { oauthClientsOf },
    { putTenant },
    { registry },
    { endpointsOf },
  ] = await Promise.all([
    import('../../functions/src/contract/credential.ts'),
    import('../../functions/src/contract/ids.ts'),
    import('../../functions/src/stores/api-keys.ts'),
    import('../../functions/src/stores/oauth-clients.ts'),
    import('../../functions/src/stores/tenants.ts'),
    import('../../functions/src/endpoints/registry.ts'),
    import('../../functions/src/projections/routes.ts'),
  ]);
  const tenant = TenantId.parse(tenantId);
  const unlimited = 1_000_000;
  const endpoints = Object.fromEntries(endpointsOf(registry).map(({ id }) => [id, unlimited]));
  await putTenant(tenant, { name: 'Bench', status: 'active', limits: { callsPerSecond: unlimited, endpoints } });
  const [now, expiresAt] = [new Date(), new Date(Date.now() + 86_400_000)];
  const [clientSecret, apiKey] = [makeCredential('clientSecret'), makeCredential('apiKey')];
  const scopes = ['candidates:read', 'candidates:write', 'search:read'] as const;
  const settings = { name: 'Bench', scopes, callsPerSecond: null, expiresAt };
  const by = byScript('bench-door');
  const { clientId } = await oauthClientsOf(tenant, by).create(sealCredential(clientSecret), settings, now);
  await apiKeysOf(tenant, by).create(sealCredential(apiKey), settings, now);
  const response = await fetch(`${host.url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
  });
  const { access_token } = (await response.json()) as { access_token?: string };
  if (access_token === undefined) throw new Error(`no token: ${response.status}`);
  return {
    headers: { authorization: `Bearer ${access_token}`, 'x-api-key': apiKey, 'content-type': 'application/json' },
  };
}
