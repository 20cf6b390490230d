import { withOperatorDatabase } from '../platform/postgres.ts';
import { type AuditChains, auditChainsOf } from '../stores/audit-chains.ts';
import { type MarketCounts, marketCountsOf } from '../stores/market-counts.ts';
import { type NeighbourCounts, neighbourCountsOf } from '../stores/neighbour-counts.ts';
import { type Partitions, partitionsOf } from '../stores/partitions.ts';

/** What works across tenants. */
export interface OperatorTools {
  readonly auditChains: AuditChains;
  readonly marketCounts: MarketCounts;
  readonly neighbourCounts: NeighbourCounts;
  readonly partitions: Partitions;
}

/** The one way past the tenant's walls, for triggers and scripts only; who uses it is found by its name. */
export function asOperator<T>(work: (tools: OperatorTools) => Promise<T>): Promise<T> {
  return withOperatorDatabase((database) =>
    work({
      auditChains: auditChainsOf(database),
      marketCounts: marketCountsOf(database),
      neighbourCounts: neighbourCountsOf(database),
      partitions: partitionsOf(database),
    }),
  );
}
