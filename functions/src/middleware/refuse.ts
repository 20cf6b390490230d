import type { Attribution } from '../context.ts';
import type { ErrorCode, Problem } from '../contract/errors.ts';
import { recordRefusal } from '../stores/refusals.ts';
import { findTenant } from '../stores/tenants.ts';
import type { Claimant } from './authenticate.ts';

/** Whether somebody wanted what they may not have: that is kept, unlike a request that was merely wrong. */
export const isRefusal = ({ kind }: Problem): boolean => kind === 'unauthenticated' || kind === 'permission-denied';

/** Leaves a refusal in the audit log of the tenant that the token names, while there is one: nothing is written for a tenant that is gone. */
export async function recordRefused({ tenant }: Claimant, by: Attribution, code: ErrorCode): Promise<void> {
  const known = await findTenant(tenant).catch(() => null);
  if (known) await recordRefusal(tenant, by, code);
}
