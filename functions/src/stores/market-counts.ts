import { TenantId } from '../contract/ids.ts';
import type { OperatorDatabase } from '../platform/postgres.ts';

/** The weeks, as Mondays, that a tenant has market data of. */
export interface MarketSpan {
  readonly tenant: TenantId;
  readonly firstWeek: string;
  readonly lastWeek: string;
}

/** The counts by week, over all tenants: for the operator only. */
export interface MarketCounts {
  spans(): Promise<MarketSpan[]>;
  /** Counts these weeks anew, both included; how many counts were wrong, missing or too many, and are mended. */
  recount(tenant: TenantId, firstWeek: string, lastWeek: string): Promise<number>;
}

export function marketCountsOf(database: OperatorDatabase): MarketCounts {
  return {
    async spans() {
      const { rows } = await database.query<{ tenant: string; firstWeek: string; lastWeek: string }>(
        `select tenant_id as tenant, first_week::text as "firstWeek", last_week::text as "lastWeek" from headhunter.market_spans()`,
      );
      return rows.map((row) => ({ ...row, tenant: TenantId.parse(row.tenant) }));
    },
    async recount(tenant, firstWeek, lastWeek) {
      const { rows } = await database.query<{ wrong: number }>(
        'select headhunter.market_recount($1, $2, $3) as wrong',
        [tenant, firstWeek, lastWeek],
      );
      return rows[0]?.wrong ?? 0;
    },
  };
}
