import type { Attribution } from '../context.ts';
import type { TenantId } from '../contract/ids.ts';
import { forgetAccess } from './access.ts';
import { changeWithAudit } from './ledger.ts';

type Work<T> = Parameters<typeof changeWithAudit<T>>[2];

/** Changes who may call, with its audit entry, so that it is felt here at once and everywhere within ten seconds. */
export async function changeAccess<T>(tenant: TenantId, attribution: Attribution, work: Work<T>): Promise<T> {
  try {
    return await changeWithAudit(tenant, attribution, work);
  } finally {
    // Also after a failure: a commit whose answer was lost has taken effect.
    await forgetAccess(tenant);
  }
}
