import { setTimeout as sleep } from 'node:timers/promises';
import type { Attribution, ProvenClient } from '../context.ts';
import { ClientId, tenantOfClient } from '../contract/credential.ts';
import { OAuthRefusal } from '../contract/oauth.ts';
import { checkClientSecret, findOAuthClient, type KnownClient } from '../stores/oauth-clients.ts';
import { recordRefusal } from '../stores/refusals.ts';
import { findTenant } from '../stores/tenants.ts';
import { failuresUpTo } from './failures.ts';

// Unknown client, wrong secret, revoked client and suspended tenant are all told after this time, so that none shows.
const refusalMs = 200;
// A client is refused at one address only, so that nobody can lock out another who merely knows its id.
const ofAddress = failuresUpTo(60);
const ofClientAtAddress = failuresUpTo(10);

/** Which call asks, from where: for the limits and the audit log. */
export type Asker = Pick<Attribution, 'by' | 'requestId' | 'address' | 'onRecorded'>;

/**
 * The client whose secret this is, when it and its tenant are active.
 * @throws OAuthRefusal `invalid_client`, or 429 for an address that failed 10 times in a minute with this client or 60 with any
 */
export async function proveClient(clientId: string, secret: string, asker: Asker): Promise<ProvenClient> {
  const since = performance.now();
  const id = ClientId.safeParse(clientId).data;
  const pair = `${asker.address}\n${id}`;
  refuseFor(Math.max(ofAddress.waitSeconds(asker.address), ofClientAtAddress.waitSeconds(pair)));
  const { client, proven } = await lookUp(id, secret);
  if (proven) return proven;
  ofAddress.count(asker.address);
  ofClientAtAddress.count(pair);
  if (client) await record(client, asker);
  await sleep(Math.max(0, refusalMs - (performance.now() - since)));
  throw new OAuthRefusal('invalid_client', 'The client is unknown, its secret is wrong, or it is not active.');
}

function refuseFor(retryAfterSeconds: number): void {
  if (retryAfterSeconds > 0)
    throw new OAuthRefusal('temporarily_unavailable', 'Too many refused attempts; wait before the next.', {
      retryAfterSeconds,
    });
}

async function lookUp(
  id: ClientId | undefined,
  secret: string,
): Promise<{ client: KnownClient | null; proven?: ProvenClient }> {
  const tenant = id && tenantOfClient(id);
  const [owner, client] =
    id && tenant ? await Promise.all([findTenant(tenant), findOAuthClient(tenant, id)]) : [null, null];
  // The secret is compared in every case, there being a client or not.
  const isRight = checkClientSecret(client, secret) !== undefined;
  if (!client || !isRight || owner?.status !== 'active') return { client };
  const { clientId, scopes } = client;
  return { client, proven: { clientId, tenant: client.tenant, scopes: new Set(scopes) } };
}

// What happens to a client that there is belongs into its tenant's audit log; an invented one is nobody's.
function record({ tenant, clientId }: KnownClient, asker: Asker): Promise<void> {
  const attribution = { ...asker, actorKind: 'client' as const, actor: clientId };
  return recordRefusal(tenant, attribution, 'auth.required');
}
