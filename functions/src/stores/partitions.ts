import { TenantId } from '../contract/ids.ts';
import type { OperatorDatabase } from '../platform/postgres.ts';

export interface TenantSize {
  readonly tenant: TenantId;
  readonly candidates: number;
  readonly promoted: boolean;
}

/** Which tenants share the default partitions and which have their own. Works across tenants: for the operator only. */
export interface Partitions {
  sizes(): Promise<TenantSize[]>;
  /** Copies the tenant's rows into tables of their own and indexes them; nobody waits, and it may be done again. */
  prepare(tenant: TenantId): Promise<void>;
  /** recall@20 of the prepared index over so many of the tenant's own vectors, 0..1; null when it has none. */
  recall(tenant: TenantId, samples: number): Promise<number | null>;
  /** Brings the copies up to date and moves the tenant over, all or nothing; writers wait a moment. */
  switchOver(tenant: TenantId, recall: number | null): Promise<void>;
}

export function partitionsOf(database: OperatorDatabase): Partitions {
  return {
    async sizes() {
      const { rows } = await database.query<{ tenant: string; candidates: number; promoted: boolean }>(
        'select tenant_id as tenant, candidates, promoted from headhunter.tenant_sizes()',
      );
      return rows.map((row) => ({ ...row, tenant: TenantId.parse(row.tenant) }));
    },
    async prepare(tenant) {
      await database.query('select headhunter.promote_prepare($1)', [tenant]);
    },
    async recall(tenant, samples) {
      const { rows } = await database.query<{ recall: number | null }>(
        'select headhunter.promote_recall($1, $2) as recall',
        [tenant, samples],
      );
      return rows[0]?.recall ?? null;
    },
    async switchOver(tenant, recall) {
      await database.query('select headhunter.promote_switch($1, $2)', [tenant, recall]);
    },
  };
}
