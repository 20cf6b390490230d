import { Problem } from '../contract/errors.ts';
import type { TenantId } from '../contract/ids.ts';
import type { OperatorDatabase } from '../platform/postgres.ts';

export interface RowPage {
  /** One JSON text a row. */
  readonly rows: readonly string[];
  /** Where the next page begins; null at the end. */
  readonly next: readonly string[] | null;
}

/** The rows of one tenant in Postgres, all tables together. For the operator only. */
export interface TenantRows {
  /** Writes the tenant down. Done again it changes nothing. @throws Problem `tenant.conflict` for one that was erased */
  register(): Promise<void>;
  state(): Promise<{ readonly isRegistered: boolean; readonly isPromoted: boolean; readonly isErased: boolean }>;
  /** Rows by table; `own_partitions` counts tables. */
  counts(): Promise<Readonly<Record<string, number>>>;
  page(table: string, after: readonly string[] | null, limit: number): Promise<RowPage>;
  /** Drops one of the tenant's own partitions, or deletes up to so many rows; how many tables or rows. Nothing is left when it says 0. */
  erase(limit: number): Promise<number>;
  /** From now on the id names nobody. */
  markErased(): Promise<void>;
  /** The end of the chain of the records' audit log; null without one. */
  auditHead(): Promise<{ readonly seq: number; readonly hash: string } | null>;
}

export function tenantRowsOf(database: OperatorDatabase, tenant: TenantId): TenantRows {
  return {
    async register() {
      await database.query('select headhunter.tenant_register($1)', [tenant]).catch((error: { code?: string }) => {
        if (error.code !== '55000') throw error;
        throw new Problem('tenant.conflict', [{ path: 'tenantId', message: 'was erased: an id is never used again' }]);
      });
    },
    async state() {
      const { rows } = await database.query<{ isRegistered: boolean; isPromoted: boolean; isErased: boolean }>(
        `select is_registered as "isRegistered", is_promoted as "isPromoted", is_erased as "isErased"
         from headhunter.tenant_state($1)`,
        [tenant],
      );
      return rows[0] ?? { isRegistered: false, isPromoted: false, isErased: false };
    },
    async counts() {
      const { rows } = await database.query<{ holder: string; held: string }>(
        'select holder, held from headhunter.tenant_counts($1)',
        [tenant],
      );
      return Object.fromEntries(rows.map(({ holder, held }) => [holder, Number(held)]));
    },
    async page(table, after, limit) {
      const { rows } = await database.query<{ pos: string[]; body: string }>(
        'select pos, body from headhunter.tenant_page($1, $2, $3, $4)',
        [tenant, table, after, limit],
      );
      return { rows: rows.map(({ body }) => body), next: (rows.length === limit && rows.at(-1)?.pos) || null };
    },
    async erase(limit) {
      const { rows } = await database.query<{ erased: string }>('select headhunter.tenant_erase($1, $2) as erased', [
        tenant,
        limit,
      ]);
      return Number(rows[0]?.erased ?? 0);
    },
    async markErased() {
      await database.query('select headhunter.tenant_mark_erased($1)', [tenant]);
    },
    async auditHead() {
      const { rows } = await database.query<{ seq: string; hash: string }>(
        'select seq, hash from headhunter.audit_head($1)',
        [tenant],
      );
      return rows[0] ? { seq: Number(rows[0].seq), hash: rows[0].hash } : null;
    },
  };
}
