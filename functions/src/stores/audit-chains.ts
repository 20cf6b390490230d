import type { AuditChain, AuditEntry, AuditHead } from '../contract/audit.ts';
import { TenantId } from '../contract/ids.ts';
import type { ReadableChain } from '../domain/admin/verify-audit.ts';
import { openFirestore } from '../platform/firestore.ts';
import type { OperatorDatabase } from '../platform/postgres.ts';
import { auditEntryId } from './ledger.ts';

/** Every tenant's chains, for whoever verifies them. Works across tenants: for the operator only. */
export interface AuditChains {
  /** Whoever has an entry or a head, or is a tenant at all. */
  tenants(): Promise<TenantId[]>;
  chainOf(tenant: TenantId, chain: AuditChain): ReadableChain;
}

export function auditChainsOf(database: OperatorDatabase): AuditChains {
  return {
    async tenants() {
      const { rows } = await database.query<{ tenant: string }>(
        'select tenant_id as tenant from headhunter.audited_tenants()',
      );
      // Also those whose own document is gone while something is left below it.
      const documents = await (await openFirestore()).collection('tenants').listDocuments();
      const names = new Set([...rows.map(({ tenant }) => tenant), ...documents.map(({ id }) => id)]);
      return [...names].sort().map((name) => TenantId.parse(name));
    },
    chainOf: (tenant, chain) => (chain === 'records' ? recordsOf(database, tenant) : administrationOf(tenant)),
  };
}

function recordsOf(database: OperatorDatabase, tenant: TenantId): ReadableChain {
  type Row = Record<'seq' | 'atMs', string> & Omit<AuditEntry, 'seq' | 'atMs'>;
  return {
    async head() {
      const { rows } = await database.query<{ seq: string; hash: string }>(
        'select seq, hash from headhunter.audit_head($1)',
        [tenant],
      );
      return rows[0] ? { seq: Number(rows[0].seq), hash: rows[0].hash } : null;
    },
    async after(seq, limit) {
      const { rows } = await database.query<Row>(
        'select seq, at_ms as "atMs", body, previous_hash as "previousHash", hash from headhunter.audit_page($1, $2, $3)',
        [tenant, seq, limit],
      );
      return rows.map((row) => ({ ...row, seq: Number(row.seq), atMs: Number(row.atMs) }));
    },
  };
}

function administrationOf(tenant: TenantId): ReadableChain {
  return {
    async head() {
      const snapshot = await (await openFirestore()).doc(`tenants/${tenant}/ledger/head`).get();
      return (snapshot.data() as AuditHead | undefined) ?? null;
    },
    async after(seq, limit) {
      // By id, so that a document that is no entry cannot hide between two that are.
      const entries = (await openFirestore()).collection(`tenants/${tenant}/audit`).orderBy('__name__');
      const { docs } = await entries.startAfter(auditEntryId(seq)).limit(limit).get();
      return docs.map((doc) => doc.data() as AuditEntry);
    },
  };
}
