import type { TenantId } from '../../contract/ids.ts';
import type { Partitions } from '../../stores/partitions.ts';

/** At so many candidates an index of the tenant's own is worth more than an exact scan of the shared partition. */
export const promotionThreshold = 5_000;
/** What the new index must find of what an exact scan finds, or the tenant stays where it is. */
export const leastRecall = 0.95;
const samples = 50;

export interface Promotion {
  readonly tenant: TenantId;
  readonly outcome: 'promoted' | 'recall_too_low';
  readonly recall: number | null;
  readonly seconds: number;
}

/** Gives every tenant that has outgrown the shared partitions its own, largest first; one at a time, each all or nothing. */
export async function promoteTenants(partitions: Partitions, threshold = promotionThreshold): Promise<Promotion[]> {
  const sizes = await partitions.sizes();
  const grown = sizes.filter(({ candidates, promoted }) => !promoted && candidates >= threshold);
  const promotions: Promotion[] = [];
  for (const { tenant } of grown.toSorted((a, b) => b.candidates - a.candidates)) {
    promotions.push(await promote(partitions, tenant));
  }
  return promotions;
}

async function promote(partitions: Partitions, tenant: TenantId): Promise<Promotion> {
  const started = performance.now();
  await partitions.prepare(tenant);
  const recall = await partitions.recall(tenant, samples);
  const isGood = recall === null || recall >= leastRecall;
  if (isGood) await partitions.switchOver(tenant, recall);
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  return { tenant, outcome: isGood ? 'promoted' : 'recall_too_low', recall, seconds };
}
