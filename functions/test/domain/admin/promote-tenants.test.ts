import { TenantId } from '../../../src/contract/ids.ts';
import { promoteTenants, promotionThreshold } from '../../../src/domain/admin/promote-tenants.ts';
import type { Partitions, TenantSize } from '../../../src/stores/partitions.ts';

const tenant = (name: string, candidates: number, promoted = false): TenantSize => ({
  tenant: TenantId.parse(name),
  candidates,
  promoted,
});

function partitionsWith(sizes: readonly TenantSize[], recalls: Record<string, number | null> = {}) {
  const steps: string[] = [];
  const partitions: Partitions = {
    sizes: async () => [...sizes],
    prepare: async (id) => void steps.push(`prepare ${id}`),
    recall: async (id) => (id in recalls ? (recalls[id] ?? null) : 1),
    switchOver: async (id, recall) => void steps.push(`switch ${id} ${recall}`),
  };
  return { partitions, steps };
}

describe('the promotion of grown tenants', () => {
  it('takes those at the threshold and above, the largest first, and leaves promoted ones alone', async () => {
    const { partitions, steps } = partitionsWith([
      tenant('small', promotionThreshold - 1),
      tenant('grown', promotionThreshold),
      tenant('largest', 90_000),
      tenant('done', 200_000, true),
    ]);
    const promotions = await promoteTenants(partitions);
    expect(promotions.map(({ tenant: id, outcome }) => [id, outcome])).toEqual([
      ['largest', 'promoted'],
      ['grown', 'promoted'],
    ]);
    expect(steps).toEqual(['prepare largest', 'switch largest 1', 'prepare grown', 'switch grown 1']);
  });

  it('leaves a tenant where it is when its new index finds too little', async () => {
    const { partitions, steps } = partitionsWith([tenant('grown', 6_000)], { grown: 0.94 });
    expect(await promoteTenants(partitions)).toMatchObject([{ outcome: 'recall_too_low', recall: 0.94 }]);
    expect(steps).toEqual(['prepare grown']);
  });

  it('promotes a tenant without vectors: there is nothing to find', async () => {
    const { partitions, steps } = partitionsWith([tenant('grown', 6_000)], { grown: null });
    expect(await promoteTenants(partitions)).toMatchObject([{ outcome: 'promoted', recall: null }]);
    expect(steps).toContain('switch grown null');
  });
});
