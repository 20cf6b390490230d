import type { TenantId } from '../contract/ids.ts';
import { TenantId as TenantIds } from '../contract/ids.ts';
import { openFirestore } from '../platform/firestore.ts';
import { keysPath } from './api-key-documents.ts';
import { clientsPath } from './oauth-client-documents.ts';

/** A key or a client's secret that works and was made long ago. */
export interface AgedCredential {
  readonly tenant: TenantId;
  readonly kind: 'api-key' | 'oauth-client';
  /** Of the key, or of the version of the client's secret. */
  readonly id: string;
  readonly createdAt: string;
}

interface Version {
  readonly id: string;
  readonly createdAt: string;
  readonly acceptedUntil: string;
}

/** Every credential of every tenant that was made before `before` and is accepted at `now`: for the operator only. */
export async function agedCredentials(before: Date, now: Date): Promise<AgedCredential[]> {
  const firestore = await openFirestore();
  const [oldest, at] = [before.toISOString(), now.toISOString()];
  const aged: AgedCredential[] = [];
  const { docs: tenants } = await firestore.collection('tenants').select().get();
  for (const { id } of tenants) {
    const tenant = TenantIds.safeParse(id).data;
    if (!tenant) continue;
    const keys = await firestore.collection(keysPath(tenant)).where('acceptedUntil', '>', at).get();
    const clients = await firestore.collection(clientsPath(tenant)).where('status', '==', 'active').get();
    const ofKeys = keys.docs.map((one) => ({ ...(one.data() as Version), id: one.id }));
    const ofClients = clients.docs.flatMap((one) =>
      (one.get('secrets') as (Version & { secretId: string })[]).map((secret) => ({ ...secret, id: secret.secretId })),
    );
    const add = (kind: AgedCredential['kind'], versions: readonly Version[]) => {
      for (const { id: version, createdAt, acceptedUntil } of versions)
        if (createdAt < oldest && acceptedUntil > at) aged.push({ tenant, kind, id: version, createdAt });
    };
    add('api-key', ofKeys);
    add('oauth-client', ofClients);
  }
  return aged;
}
