import type { Attribution, ToolName, Tools } from '../context.ts';
import type { TenantId } from '../contract/ids.ts';
import { findTenant } from '../stores/tenants.ts';
import { openTools } from './tools.ts';

/**
 * Tools bound to one tenant, for a trigger that was sent to work for it; null when the tenant is not active, and then nothing may be
 * done for it. `by` names the trigger in the tenant's audit log, `requestId` the call that it goes back to.
 */
export async function asTenant<Name extends ToolName>(
  tenant: TenantId,
  { by, requestId }: Pick<Attribution, 'by' | 'requestId'>,
  needs: readonly Name[],
): Promise<Pick<Tools, Name> | null> {
  if ((await findTenant(tenant))?.status !== 'active') return null;
  return openTools(
    needs,
    { tenant, scopes: new Set() },
    { actorKind: 'system', actor: by, by, requestId, address: '' },
  );
}
