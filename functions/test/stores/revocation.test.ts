import { setTimeout as sleep } from 'node:timers/promises';
import { makeCredential, sealCredential } from '../../src/contract/credential.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import { openFirestore } from '../../src/platform/firestore.ts';
import { accessSeconds } from '../../src/stores/access.ts';
import { apiKeysOf } from '../../src/stores/api-keys.ts';
import { oauthClientsOf } from '../../src/stores/oauth-clients.ts';
import { byTests } from '../attribution.ts';
import { openWorld, type World } from '../harness.ts';

const nextYear = new Date(Date.now() + 365 * 86_400_000);

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

/** Another process over the same Firestore, with a memory of its own. */
async function instance() {
  const firestore = await openFirestore();
  let fresh: Awaited<ReturnType<typeof load>> | undefined;
  const load = async () => {
    (await import('../../src/platform/firestore.ts')).provideFirestore(firestore);
    const { noticeAccessEpoch } = await import('../../src/stores/access.ts');
    const { findApiKey } = await import('../../src/stores/api-keys.ts');
    const { checkClientSecret, findOAuthClient } = await import('../../src/stores/oauth-clients.ts');
    return { noticeAccessEpoch, findApiKey, checkClientSecret, findOAuthClient };
  };
  await jest.isolateModulesAsync(async () => {
    fresh = await load();
  });
  return fresh as Awaited<ReturnType<typeof load>>;
}

async function credentials(tenant: TenantId) {
  const [key, secret] = [makeCredential('apiKey'), makeCredential('clientSecret')];
  const settings = { name: 'ATS', scopes: ['search:read'], callsPerSecond: null, expiresAt: nextYear } as const;
  const keys = apiKeysOf(tenant, byTests);
  const clients = oauthClientsOf(tenant, byTests);
  const now = new Date();
  const { keyId } = await keys.create(sealCredential(key), settings, now);
  const { clientId } = await clients.create(sealCredential(secret), settings, now);
  const worksIn = async (one: Awaited<ReturnType<typeof instance>>) => [
    (await one.findApiKey(tenant, key)) !== null,
    one.checkClientSecret(await one.findOAuthClient(tenant, clientId), secret) !== undefined,
  ];
  const revoke = async () => {
    await keys.revoke(keyId, new Date());
    await clients.revoke(clientId, new Date());
  };
  return { worksIn, revoke };
}

describe('what is revoked here', () => {
  it('is refused by another instance at the call that sees the shared counter', async () => {
    const tenant = await world.tenant('revoked');
    const { worksIn, revoke } = await credentials(tenant);
    const other = await instance();
    other.noticeAccessEpoch(tenant, '1');
    expect(await worksIn(other)).toEqual([true, true]);
    await revoke();
    other.noticeAccessEpoch(tenant, '2');
    expect(await worksIn(other)).toEqual([false, false]);
  });

  it('is refused within ten seconds by another instance that hears of nothing', async () => {
    const { worksIn, revoke } = await credentials(await world.tenant('revoked'));
    const other = await instance();
    expect(await worksIn(other)).toEqual([true, true]);
    await revoke();
    // It remembers, or the wait below would show nothing.
    expect(await worksIn(other)).toEqual([true, true]);
    await sleep(accessSeconds * 1_000);
    expect(await worksIn(other)).toEqual([false, false]);
  });
});
