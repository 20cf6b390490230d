import type { Attribution, OperatorTools } from '../context.ts';
import { accountsOf, openAuth } from '../platform/accounts.ts';
import { bindTenantKeys, openKeyValue } from '../platform/cache.ts';
import { openExports } from '../platform/exports.ts';
import { operatorDatabase } from '../platform/postgres.ts';
import { apiKeysOf } from '../stores/api-keys.ts';
import { membersOf } from '../stores/members.ts';
import { oauthClientsOf } from '../stores/oauth-clients.ts';
import { offboardingsOf } from '../stores/offboardings.ts';
import { partitionsOf } from '../stores/partitions.ts';
import { tenanciesOf } from '../stores/tenancies.ts';
import { tenantDocumentsOf } from '../stores/tenant-documents.ts';
import { tenantRowsOf } from '../stores/tenant-rows.ts';

/**
 * `asOperator()` for an operator's call: what works across tenants, on behalf of somebody who was seen to be one. Whose tenant
 * it is done to sees in its audit log that an operator did it.
 */
export async function operatorToolsOf(attribution: Attribution): Promise<OperatorTools> {
  const by: Attribution = { ...attribution, actorKind: 'operator' };
  const [auth, store] = await Promise.all([openAuth(), openKeyValue()]);
  return {
    tenancies: tenanciesOf(by),
    offboardings: offboardingsOf(by),
    partitions: partitionsOf(operatorDatabase),
    openExports,
    of: (tenant) => ({
      members: membersOf(tenant, by),
      apiKeys: apiKeysOf(tenant, by),
      oauthClients: oauthClientsOf(tenant, by),
      accounts: accountsOf(auth, tenant),
      rows: tenantRowsOf(operatorDatabase, tenant),
      documents: tenantDocumentsOf(tenant),
      sweepCache: async (remove) => (store ? bindTenantKeys(store, tenant).sweep(remove) : 0),
    }),
  };
}
