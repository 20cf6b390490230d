import type { OperatorTools, TenantTools } from '../../context.ts';
import { Problem } from '../../contract/errors.ts';
import { operatorTenant, type TenantId } from '../../contract/ids.ts';
import type { Offboarding, Receipt } from '../../contract/offboarding.ts';
import type { AfterStep } from './create-tenant.ts';
import { eraseEverywhere, lookEverywhere } from './erase-tenant.ts';
import { exportNext } from './export-tenant.ts';

export interface Pace {
  /** Stops between two steps once it says so. */
  readonly isTimeUp: () => boolean;
  /** How long calls that were let in before the door closed may still write. */
  readonly drainSeconds: number;
  readonly afterStep?: AfterStep;
}

export interface Request {
  readonly tenantId: TenantId;
  /** The id once more. */
  readonly confirm: string;
  readonly requestedBy: string;
}

/** Longer than any call may take, and than what is known of a tenant may be out of date. */
export const drainSeconds = 330;

/**
 * Takes a tenant out of the product: closes the door, waits for calls under way, exports everything, erases it from every
 * store, looks into every store, and only when nothing is left files a receipt. Goes on where an earlier call stopped, as far
 * as the time allows; `receipt` is there when it is done. Called again after that, it says the same.
 * @throws Problem `tenant.not_found`, `tenant.conflict`, `input.invalid`, `export.unavailable`, `account.unavailable`
 */
export async function offboardTenant(operator: OperatorTools, request: Request, pace: Pace): Promise<Offboarding> {
  const { tenantId, confirm, requestedBy } = request;
  if (confirm !== tenantId)
    throw new Problem('input.invalid', [{ path: 'confirm', message: 'type the id of the tenant again' }]);
  if (tenantId === operatorTenant)
    throw new Problem('tenant.conflict', [{ path: 'tenantId', message: 'is the operators’ own' }]);
  const exports = await operator.openExports();
  let now = await begin(operator, tenantId, requestedBy);
  const tools = operator.of(tenantId);
  const isDraining = () => Date.now() < Date.parse(now.requestedAt) + pace.drainSeconds * 1_000;
  while (now.state !== 'erased' && !pace.isTimeUp() && !(now.state === 'draining' && isDraining())) {
    const before = now;
    now = await next(operator, tools, exports, before, pace);
    // A receipt is filed together with the state.
    if (now.state !== 'erased') await operator.offboardings.note(before, now);
    await pace.afterStep?.(`${before.state}-${now.state}`);
    if (before.state === 'erasing' && now.state === 'erasing') break;
  }
  return now;
}

async function begin(operator: OperatorTools, tenantId: TenantId, requestedBy: string): Promise<Offboarding> {
  const known = await operator.offboardings.findById(tenantId);
  // Its documents may be erased by now, so that only the record knows it.
  if (known && known.state !== 'draining') return known;
  await operator.tenancies.byId(tenantId);
  await operator.tenancies.move(
    tenantId,
    ['active', 'suspended', 'provisioning'],
    'offboarding',
    'tenant.offboarding_begun',
  );
  const requestedAt = new Date().toISOString();
  return operator.offboardings.begin({
    tenantId,
    state: 'draining',
    requestedBy,
    requestedAt,
    folder: `${tenantId}/${requestedAt.replaceAll(/[:.]/g, '-')}`,
    parts: [],
    position: { source: 0, after: null, part: 1 },
  });
}

async function next(
  operator: OperatorTools,
  tools: TenantTools,
  exports: Awaited<ReturnType<OperatorTools['openExports']>>,
  before: Offboarding,
  { isTimeUp, afterStep = async () => {} }: Pace,
): Promise<Offboarding> {
  if (before.state === 'draining') return { ...before, state: 'exporting' };
  if (before.state === 'exporting') return exportNext(tools, exports, before);
  if (before.state === 'exported') {
    const [records, administration] = await Promise.all([tools.rows.auditHead(), tools.documents.auditHead()]);
    const { seq, hash } = administration;
    const auditHeads = { records, administration: { seq, hash } };
    return { ...before, state: 'erasing', erased: await lookEverywhere(tools), auditHeads };
  }
  if (!(await eraseEverywhere(tools, isTimeUp))) return before;
  await afterStep('erased-unseen');
  const remaining = await lookEverywhere(tools);
  // Whatever wrote after the erasure is erased by the next call; nothing is promised before.
  if (Object.values(remaining).some((count) => count > 0)) return before;
  const receipt = receiptOf(before, remaining);
  await tools.rows.markErased();
  await afterStep('marked');
  await operator.offboardings.finish(before, receipt);
  return { ...before, state: 'erased', receipt };
}

function receiptOf(from: Offboarding, remaining: Readonly<Record<string, number>>): Receipt {
  const { tenantId, erased = {}, export: written, auditHeads, requestedBy, requestedAt } = from;
  if (!written || !auditHeads) throw new Error('an erasure without an export and the ends of the audit log');
  const erasedAt = new Date().toISOString();
  return {
    tenantId,
    erased,
    remaining: { ...remaining },
    export: written,
    auditHeads,
    requestedBy,
    requestedAt,
    erasedAt,
  };
}
