import { randomUUID } from 'node:crypto';
import type { Attribution, ToolName, Tools } from '../context.ts';
import type { TenantId } from '../contract/ids.ts';
import { tenanciesOf } from '../stores/tenancies.ts';
import { openTools } from './tools.ts';

const pageSize = 200;

/**
 * Every active tenant by id, with tools bound to it and to nobody else's data: for triggers whose work is each tenant's own. `by`
 * names the trigger in their audit logs.
 */
export async function* asEachTenant<Name extends ToolName>(
  by: string,
  needs: readonly Name[],
): AsyncGenerator<{ readonly tenant: TenantId; readonly tools: Pick<Tools, Name> }> {
  const attribution: Attribution = { actorKind: 'system', actor: by, by, requestId: randomUUID(), address: '' };
  const tenancies = tenanciesOf(attribution);
  let page = await tenancies.list(pageSize);
  while (page.length > 0) {
    for (const { tenantId: tenant, status } of page) {
      if (status !== 'active') continue;
      yield { tenant, tools: await openTools(needs, { tenant, scopes: new Set() }, attribution) };
    }
    page = await tenancies.list(pageSize, page.at(-1)?.tenantId);
  }
}
