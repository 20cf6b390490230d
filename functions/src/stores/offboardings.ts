import type { Attribution } from '../context.ts';
import { operatorTenant, type TenantId } from '../contract/ids.ts';
import { Offboarding, type Receipt } from '../contract/offboarding.ts';
import { openFirestore } from '../platform/firestore.ts';
import { changeWithAudit } from './ledger.ts';

/** The tenants that are leaving or have left, and their receipts: kept under the operator's tenant. */
export interface Offboardings {
  findById(tenant: TenantId): Promise<Offboarding | null>;
  /** Begins one, unless it has begun: then that one. */
  begin(offboarding: Offboarding): Promise<Offboarding>;
  /** Notes how far it came; a change of state is in the operator's audit log. */
  note(before: Offboarding, now: Offboarding): Promise<void>;
  /** Files the receipt and ends the offboarding. */
  finish(offboarding: Offboarding, receipt: Receipt): Promise<void>;
}

const pathOf = (tenant: TenantId) => `tenants/${operatorTenant}/offboardings/${tenant}`;

export function offboardingsOf(by: Attribution): Offboardings {
  return {
    async findById(tenant) {
      const snapshot = await (await openFirestore()).doc(pathOf(tenant)).get();
      return snapshot.exists ? Offboarding.parse(snapshot.data()) : null;
    },
    begin: (offboarding) =>
      changeWithAudit(operatorTenant, by, async (tx, firestore) => {
        const document = firestore.doc(pathOf(offboarding.tenantId));
        const snapshot = await tx.get(document);
        if (snapshot.exists) return { result: Offboarding.parse(snapshot.data()), entry: null };
        tx.create(document, offboarding);
        const entry = { action: 'tenant.offboarding_begun', subjects: [`tenant:${offboarding.tenantId}`] };
        return { result: offboarding, entry };
      }),
    async note(before, now) {
      if (before.state === now.state) {
        await (await openFirestore()).doc(pathOf(now.tenantId)).set(now);
        return;
      }
      await changeWithAudit(operatorTenant, by, async (tx, firestore) => {
        tx.set(firestore.doc(pathOf(now.tenantId)), now);
        const details = { state: now.state, files: now.parts.length };
        const entry = { action: 'tenant.offboarding_went_on', subjects: [`tenant:${now.tenantId}`], details };
        return { result: undefined, entry };
      });
    },
    finish: (offboarding, receipt) =>
      changeWithAudit(operatorTenant, by, async (tx, firestore) => {
        const { tenantId } = offboarding;
        const time = receipt.erasedAt.replaceAll(/[:.]/g, '-');
        tx.create(firestore.doc(`tenants/${operatorTenant}/receipts/${tenantId}-${time}`), receipt);
        tx.set(firestore.doc(pathOf(tenantId)), { ...offboarding, state: 'erased', receipt });
        const details = { export: receipt.export.manifest, manifestHash: receipt.export.sha256 };
        return { result: undefined, entry: { action: 'tenant.erased', subjects: [`tenant:${tenantId}`], details } };
      }),
  };
}
