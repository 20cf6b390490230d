import type { Firestore, Transaction } from 'firebase-admin/firestore';
import type { Attribution } from '../context.ts';
import { Problem } from '../contract/errors.ts';
import { operatorTenant, TenantId } from '../contract/ids.ts';
import { openFirestore } from '../platform/firestore.ts';
import { forgetAccess } from './access.ts';
import { changeWithAudit, recordAdministration } from './ledger.ts';
import { type Tenant, TenantDocument } from './tenants.ts';

export type ListedTenant = Tenant & { readonly tenantId: TenantId };

/**
 * Which tenants there are and what state each is in. Works across tenants: for the operator only. Each change is in the
 * tenant's own audit log as done and, before it, in the operator's as ordered.
 */
export interface Tenancies {
  /** Never from a cache. @throws Problem `tenant.not_found` */
  byId(id: TenantId): Promise<ListedTenant>;
  findById(id: TenantId): Promise<ListedTenant | null>;
  /** By id, after the one named. */
  list(limit: number, after?: TenantId): Promise<ListedTenant[]>;
  /**
   * Takes the id for a tenant that is about to be made, or finds how far making it came. `input` is the hash of what was
   * asked for. @throws Problem `tenant.conflict` when something else was
   */
  reserve(id: TenantId, name: string, input: string): Promise<ListedTenant>;
  /** Notes that a step of its creation is done. */
  note(id: TenantId, step: string): Promise<void>;
  /** Moves a tenant on from one of the states named; in `to` already, nothing changes. @throws Problem `tenant.not_found`, `tenant.conflict` */
  move(id: TenantId, from: readonly Tenant['status'][], to: Tenant['status'], action: string): Promise<void>;
}

export function tenanciesOf(by: Attribution): Tenancies {
  const findById = async (id: TenantId) =>
    tenantIn(id, (await (await openFirestore()).doc(`tenants/${id}`).get()).data());

  async function order(id: TenantId, deed: string): Promise<void> {
    if (id === operatorTenant) return;
    const ordered = { action: 'tenant.change_ordered', subjects: [`tenant:${id}`], details: { deed } };
    await recordAdministration(operatorTenant, by, { ...ordered, outcome: 'allowed' });
  }

  async function change<T>(
    id: TenantId,
    work: (before: ListedTenant | null) => { result: T; changes: Partial<Tenant> | null; action: string },
  ): Promise<T> {
    try {
      return await changeWithAudit(id, by, async (tx: Transaction, firestore: Firestore) => {
        const document = firestore.doc(`tenants/${id}`);
        const { result, changes, action } = work(tenantIn(id, (await tx.get(document)).data()));
        if (changes) tx.set(document, changes, { merge: true });
        return { result, entry: changes && { action, subjects: [`tenant:${id}`] } };
      });
    } finally {
      await forgetAccess(id);
    }
  }

  return {
    findById,
    async byId(id) {
      const found = await findById(id);
      if (!found) throw new Problem('tenant.not_found');
      return found;
    },
    async list(limit, after) {
      const query = (await openFirestore()).collection('tenants').orderBy('__name__').limit(limit);
      const { docs } = await (after === undefined ? query : query.startAfter(after)).get();
      return docs.flatMap((doc) => tenantIn(TenantId.parse(doc.id), doc.data()) ?? []);
    },
    async reserve(id, name, input) {
      if (!(await findById(id))) await order(id, 'tenant.created');
      return change(id, (before) => {
        if (before && before.provisioning?.input !== input)
          throw standsInTheWay('exists, and was made from other input');
        const made: Tenant = {
          name,
          status: 'provisioning',
          createdAt: new Date().toISOString(),
          provisioning: { input, done: [] },
        };
        const result = before ?? { ...made, tenantId: id };
        return { result, changes: before ? null : made, action: 'tenant.created' };
      });
    },
    async note(id, step) {
      const firestore = await openFirestore();
      const document = firestore.doc(`tenants/${id}`);
      await firestore.runTransaction(async (tx) => {
        const done = tenantIn(id, (await tx.get(document)).data())?.provisioning?.done ?? [];
        if (!done.includes(step)) tx.update(document, { 'provisioning.done': [...done, step] });
      });
    },
    async move(id, from, to, action) {
      const mayMove = (before: ListedTenant | null) => {
        if (!before) throw new Problem('tenant.not_found');
        if (before.status !== to && !from.includes(before.status)) throw standsInTheWay(`is ${before.status}`);
        return before.status !== to;
      };
      if (!mayMove(await findById(id))) return;
      await order(id, action);
      await change(id, (before) => ({ result: undefined, changes: mayMove(before) ? { status: to } : null, action }));
    },
  };
}

const standsInTheWay = (message: string) => new Problem('tenant.conflict', [{ path: 'tenantId', message }]);

function tenantIn(id: TenantId, data: unknown): ListedTenant | null {
  const parsed = TenantDocument.safeParse(data);
  return parsed.success ? { ...parsed.data, tenantId: id } : null;
}
