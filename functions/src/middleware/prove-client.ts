import { setTimeout as sleep } from 'node:timers/promises';
import type { Attribution, ProvenClient } from '../context.ts';
import { tenantOfClient } from '../contract/credential.ts';
import { OAuthRefusal } from '../contract/oauth.ts';
import { checkClientSecret, findOAuthClient } from '../stores/oauth-clients.ts';
import { recordRefusal } from '../stores/refusals.ts';
import { findTenant } from '../stores/tenants.ts';
import { failuresUpTo } from './failures.ts';

/** Unknown client, wrong secret, revoked client, suspended tenant: each is told after this time, so that none shows. */
const refusalMs = 200;
const ofAddress = failuresUpTo(60);
const ofClientAtAddress = failuresUpTo(10);

/** Which call asks, from where: for the limits and the audit log. */
export type Asker = Pick<Attribution, 'by' | 'requestId' | 'address' | 'onRecorded'>;

/**
 * The client whose secret this is, when it and its tenant are active.
 * @throws OAuthRefusal `invalid_client`, or 429 for an address that failed too often, at one client or at all
 */
export async function proveClient(clientId: string, secret: string, asker: Asker): Promise<ProvenClient> {
  const pair = `${asker.address}\n${clientId}`;
  const wait = Math.max(ofAddress.waitSeconds(asker.address), ofClientAtAddress.waitSeconds(pair));
  if (wait > 0)
    throw new OAuthRefusal('temporarily_unavailable', 'Too many refused attempts; wait before the next.', {
      retryAfterSeconds: wait,
    });
  const since = performance.now();
  const client = await clientOf(clientId, secret);
  if (client) return client;
  ofAddress.count(asker.address);
  ofClientAtAddress.count(pair);
  await recordRefusedClient(clientId, asker);
  await sleep(Math.max(0, refusalMs - (performance.now() - since)));
  throw new OAuthRefusal('invalid_client', 'The client is unknown, its secret is wrong, or it is not active.');
}

async function clientOf(clientId: string, secret: string): Promise<ProvenClient | undefined> {
  const tenant = tenantOfClient(clientId);
  if (tenant === undefined) return undefined;
  const [owner, client] = await Promise.all([findTenant(tenant), findOAuthClient(tenant, clientId as ClientId)]);
  const isRight = checkClientSecret(client, secret) !== undefined;
  if (!client || !isRight || owner?.status !== 'active') return undefined;
  return { clientId: client.clientId, tenant, scopes: new Set(client.scopes) };
}

/** What happened to a client that there is belongs to its tenant's records; an invented one is nobody's. */
async function recordRefusedClient(clientId: string, asker: Asker): Promise<void> {
  const tenant = tenantOfClient(clientId);
  if (tenant === undefined || !(await findOAuthClient(tenant, clientId))) return;
  const { by, requestId, address, onRecorded } = asker;
  const attribution = { actorKind: 'client' as const, actor: clientId, by, requestId, address, onRecorded };
  await recordRefusal(tenant, attribution, 'auth.required');
}
