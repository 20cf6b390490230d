import { byScript } from '../../../../scripts/lib/by-script.ts';
import { type ClientId, makeCredential } from '../../../src/contract/credential.ts';
import { ApiKeySettings, OAuthClientSettings } from '../../../src/contract/credential-settings.ts';
import type { TenantId } from '../../../src/contract/ids.ts';
import { delegableScopes, type Scope } from '../../../src/contract/scopes.ts';
import { createApiKey } from '../../../src/domain/admin/create-api-key.ts';
import { createOAuthClient } from '../../../src/domain/admin/create-oauth-client.ts';
import { registerGoogleKey } from '../../../src/domain/admin/register-google-key.ts';
import { rotateApiKey } from '../../../src/domain/admin/rotate-api-key.ts';
import { rotateOAuthClient } from '../../../src/domain/admin/rotate-oauth-client.ts';
import { apiKeysOf, findApiKey } from '../../../src/stores/api-keys.ts';
import { findOAuthClient, oauthClientsOf } from '../../../src/stores/oauth-clients.ts';
import { dumpOf } from '../../firestore-dump.ts';
import { openWorld, type World } from '../../harness.ts';

let world: World;
let tenant: TenantId;
beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  tenant = await world.tenant('giving');
});
afterAll(() => world.close());

/** What a script of an operator holds. */
const holding = (...scopes: Scope[]) => {
  const by = byScript('tenant', 'ops');
  return {
    apiKeys: apiKeysOf(tenant, by),
    oauthClients: oauthClientsOf(tenant, by),
    caller: { scopes: new Set(scopes) },
    now: new Date(),
  };
};
const settings = ApiKeySettings.parse({ name: 'ATS', scopes: ['candidates:read', 'audit:read'] });
const clientSettings = OAuthClientSettings.parse({ name: 'ATS', scopes: ['candidates:read', 'audit:read'] });
const refusal = {
  code: 'auth.scope_missing',
  details: [{ path: 'scopes[1]', message: 'needs audit:read, to give it to others' }],
};

describe('a scope that somebody does not hold', () => {
  it('cannot be given by them, to a key or to a client', async () => {
    const tools = holding('credentials:write', 'candidates:read');
    await expect(createApiKey(tools, settings)).rejects.toMatchObject(refusal);
    await expect(createOAuthClient(tools, clientSettings)).rejects.toMatchObject(refusal);
    await expect(registerGoogleKey(tools, `AIza${'x'.repeat(35)}`, settings)).rejects.toMatchObject(refusal);
    expect(await tools.apiKeys.list(9)).toEqual([]);
    expect(await tools.oauthClients.list(9)).toEqual([]);
  });

  it('cannot be come by through rotating what somebody else was given', async () => {
    const everything = holding(...delegableScopes);
    const { apiKey } = await createApiKey(everything, settings);
    const { client } = await createOAuthClient(everything, clientSettings);
    const tools = holding('credentials:write', 'candidates:read');
    await expect(rotateApiKey(tools, apiKey.keyId, 60)).rejects.toMatchObject(refusal);
    await expect(rotateOAuthClient(tools, client.clientId, 60)).rejects.toMatchObject(refusal);
    expect(await tools.apiKeys.byId(apiKey.keyId)).toEqual(apiKey);
    expect(await tools.oauthClients.byId(client.clientId)).toEqual(client);
  });
});

describe('a script of an operator', () => {
  it('makes credentials by the same verbs, and the audit log says so', async () => {
    const tools = holding(...delegableScopes);
    const { key } = await createApiKey(tools, settings);
    const { client } = await createOAuthClient(tools, clientSettings);
    expect(await findApiKey(tenant, key)).toMatchObject({ scopes: settings.scopes });
    expect(await findOAuthClient(tenant, client.clientId as ClientId)).toMatchObject({ scopes: settings.scopes });
    const dump = await dumpOf(tenant);
    expect(dump).toContain('\\"actorKind\\":\\"operator\\",');
    expect(dump).toContain('\\"by\\":\\"script.tenant\\"');
  });

  it('registers a key of Google’s, and no other text', async () => {
    const tools = holding(...delegableScopes);
    const google = `AIza${makeCredential('apiKey').slice(4, 39)}`;
    expect(await registerGoogleKey(tools, google, settings)).toMatchObject({ prefix: 'AIza', status: 'active' });
    expect(await findApiKey(tenant, google)).toMatchObject({ scopes: settings.scopes });
    expect(await dumpOf(tenant)).not.toContain(google.slice(4));
    for (const text of [makeCredential('apiKey'), google.slice(1), ''])
      await expect(registerGoogleKey(tools, text, settings)).rejects.toMatchObject({ code: 'input.invalid' });
  });
});
