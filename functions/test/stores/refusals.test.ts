import { setTimeout } from 'node:timers/promises';
import type { Attribution } from '../../src/context.ts';
import type { AuditBody, AuditEntry } from '../../src/contract/audit.ts';
import type { TenantId } from '../../src/contract/ids.ts';
import { openFirestore } from '../../src/platform/firestore.ts';
import { recordRefusal } from '../../src/stores/refusals.ts';
import { openWorld, type World } from '../harness.ts';

let world: World;
let tenant: TenantId;

beforeAll(async () => {
  world = await openWorld();
});
beforeEach(async () => {
  tenant = await world.tenant('refusals');
});
afterAll(() => world.close());

const attribution: Attribution = {
  actorKind: 'client',
  actor: 'acme.client',
  by: 'candidates.list',
  requestId: 'request-0001',
  address: '203.0.113.7',
};
const refuse = () => recordRefusal(tenant, attribution, 'auth.scope_missing');
const bodies = async (): Promise<AuditBody[]> => {
  const { docs } = await (await openFirestore()).collection(`tenants/${tenant}/audit`).orderBy('seq').get();
  return docs.map((doc) => JSON.parse((doc.data() as AuditEntry).body) as AuditBody);
};
// A refusal does not wait for its entry longer than two seconds, so on a slow machine the entry may come after it.
const bodiesOnce = async (number: number): Promise<AuditBody[]> => {
  for (let left = 100; left > 0; left--) {
    const found = await bodies();
    if (found.length >= number) return found;
    await setTimeout(100);
  }
  throw new Error(`there are not ${number} entries`);
};

describe('a refusal', () => {
  it('is an entry with its code, who was refused, where, and at what', async () => {
    await refuse();
    expect(await bodiesOnce(1)).toEqual([
      {
        ...attribution,
        action: 'call.refused',
        subjects: [],
        subjectCount: 0,
        outcome: 'refused',
        code: 'auth.scope_missing',
      },
    ]);
  });

  it('is written thirty times at once; of the rest a later entry tells the number', async () => {
    await Promise.all(Array.from({ length: 50 }, refuse));
    expect(await bodiesOnce(30)).toHaveLength(30);
    let calls = 50;
    for (; (await bodies()).length === 30; calls++) await refuse();
    const { details } = (await bodies())[30] as AuditBody;
    // One that was written late may have been followed by others that were counted, or written in their turn.
    expect(details?.['unrecorded']).toBeGreaterThanOrEqual(20);
    expect(details?.['unrecorded']).toBeLessThan(calls - 30);
  });

  it('of one tenant is written however many another has had', async () => {
    await Promise.all(Array.from({ length: 31 }, refuse));
    tenant = await world.tenant('refusals-b');
    await refuse();
    expect(await bodiesOnce(1)).toHaveLength(1);
  });

  it('neither fails nor is forgotten when it cannot be written', async () => {
    const head = (await openFirestore()).doc(`tenants/${tenant}/ledger/head`);
    await head.set({ seq: 'x' });
    await refuse();
    expect(await bodies()).toEqual([]);
    await head.delete();
    await refuse();
    expect((await bodiesOnce(1))[0]?.details).toEqual({ unrecorded: 1 });
  });
});
