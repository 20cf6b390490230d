import { randomBytes, randomUUID } from 'node:crypto';
import { Problem } from '../../src/contract/errors.ts';
import { TenantId } from '../../src/contract/ids.ts';
import { closePostgres, openPostgres } from '../../src/platform/runtime-database.ts';
import { bindTenant } from '../../src/platform/tenant-database.ts';
import { type Budgets, budgetsOf } from '../../src/stores/budgets.ts';
import { byTests } from '../attribution.ts';

afterAll(() => closePostgres());

const at = (text: string) => new Date(text);
const november = at('2026-11-24T12:00:00Z');
const open = (capMicros: number | (() => number)): Budgets => {
  const tenant = TenantId.parse(`money-${randomBytes(5).toString('hex')}`);
  const cap = async () => (typeof capMicros === 'number' ? capMicros : capMicros());
  return budgetsOf(bindTenant(openPostgres(), tenant, byTests), cap);
};
const total = ({ spentMicros, heldMicros }: { spentMicros: number; heldMicros: number }) => spentMicros + heldMicros;
const refusal = (reservation: Promise<void>) =>
  reservation.then(
    () => undefined,
    (error) => error as Problem,
  );

describe('the budget of a month', () => {
  it('is never passed, however many reserve and settle at once', async () => {
    const budgets = open(1_000);
    const each = async () => {
      const id = randomUUID();
      const refused = await refusal(budgets.reserve(id, 90, 60, november));
      if (refused) return refused.code;
      expect(total(await budgets.spent('2026-11', november))).toBeLessThanOrEqual(1_000);
      await budgets.settle(id, 40);
      return 'settled';
    };
    const first = await Promise.all(Array.from({ length: 60 }, each));
    const settled = first.filter((outcome) => outcome === 'settled').length;
    expect(first.every((outcome) => outcome === 'settled' || outcome === 'budget.exhausted')).toBe(true);
    // 23 calls of 40 leave 80, which holds no other call of 90; fewer when they were all under way at once.
    expect(settled).toBeGreaterThanOrEqual(11);
    expect(settled).toBeLessThanOrEqual(23);
    expect(await budgets.spent('2026-11', november)).toEqual({
      month: '2026-11',
      spentMicros: settled * 40,
      heldMicros: 0,
    });
  });

  it('is held by exactly as many as it has room for when none of them settles', async () => {
    const budgets = open(1_000);
    const outcomes = await Promise.all(
      Array.from({ length: 40 }, () => refusal(budgets.reserve(randomUUID(), 90, 60, november))),
    );
    expect(outcomes.filter((refused) => refused === undefined)).toHaveLength(11);
    expect(await budgets.spent('2026-11', november)).toMatchObject({ spentMicros: 0, heldMicros: 990 });
  });

  it('says what was asked and what is left when it is exhausted', async () => {
    const budgets = open(100);
    await budgets.reserve(randomUUID(), 70, 60, november);
    const refused = await refusal(budgets.reserve(randomUUID(), 31, 60, november));
    expect(refused).toBeInstanceOf(Problem);
    expect(refused).toMatchObject({ code: 'budget.exhausted', kind: 'resource-exhausted' });
    expect(refused?.details).toEqual([
      { path: 'asked', message: '31 millionths of a US dollar' },
      { path: 'left', message: '30 millionths of a US dollar' },
    ]);
    await budgets.reserve(randomUUID(), 30, 60, november);
  });

  it('is none where the cap is 0, and follows a cap that is changed', async () => {
    let cap = 0;
    const budgets = open(() => cap);
    expect((await refusal(budgets.reserve(randomUUID(), 1, 60, november)))?.code).toBe('budget.exhausted');
    cap = 10;
    await budgets.reserve(randomUUID(), 10, 60, november);
    cap = 5;
    const refused = await refusal(budgets.reserve(randomUUID(), 1, 60, november));
    expect(refused?.details?.[1]).toEqual({ path: 'left', message: '0 millionths of a US dollar' });
  });

  it('begins anew with the month in UTC, and what is settled late counts where it was reserved', async () => {
    const budgets = open(100);
    const id = randomUUID();
    await budgets.reserve(id, 100, 600, at('2026-11-30T23:59:59Z'));
    const first = at('2026-12-01T00:00:00Z');
    await budgets.reserve(randomUUID(), 100, 600, first);
    await budgets.settle(id, 60);
    expect(await budgets.spent('2026-11', first)).toMatchObject({ spentMicros: 60, heldMicros: 0 });
    expect(await budgets.spent('2026-12', first)).toMatchObject({ spentMicros: 0, heldMicros: 100 });
    expect(await budgets.spent('2027-01', first)).toEqual({ month: '2027-01', spentMicros: 0, heldMicros: 0 });
  });

  it('is one tenant’s and no other’s', async () => {
    const [one, other] = [open(100), open(100)];
    await one.reserve(randomUUID(), 100, 60, november);
    await other.reserve(randomUUID(), 100, 60, november);
  });
});

describe('a reservation', () => {
  it('holds once, however often and at once it is made', async () => {
    const budgets = open(100);
    const id = randomUUID();
    await Promise.all(Array.from({ length: 8 }, () => budgets.reserve(id, 60, 60, november)));
    expect(await budgets.spent('2026-11', november)).toMatchObject({ heldMicros: 60 });
    await expect(budgets.reserve(id, 61, 60, november)).rejects.toThrow('an id of its own');
  });

  it('is settled once, however often and at once that is said', async () => {
    const budgets = open(100);
    const id = randomUUID();
    await budgets.reserve(id, 60, 60, november);
    await Promise.all(Array.from({ length: 8 }, () => budgets.settle(id, 7)));
    await budgets.settle(id, 50);
    expect(await budgets.spent('2026-11', november)).toMatchObject({ spentMicros: 7, heldMicros: 0 });
    // Nobody is given the money of a call that is over.
    await expect(budgets.reserve(id, 60, 60, november)).rejects.toThrow('an id of its own');
  });

  it('whose caller died counts as spent in full from its deadline on, and as what it cost once that is known', async () => {
    const budgets = open(100);
    const id = randomUUID();
    await budgets.reserve(id, 60, 10, november);
    const later = at('2026-11-24T12:00:10Z');
    expect(await budgets.spent('2026-11', at('2026-11-24T12:00:09Z'))).toMatchObject({
      spentMicros: 0,
      heldMicros: 60,
    });
    expect(await budgets.spent('2026-11', later)).toMatchObject({ spentMicros: 60, heldMicros: 0 });
    // The next reservation writes it down; nothing changes by that.
    await budgets.reserve(randomUUID(), 40, 60, later);
    expect((await refusal(budgets.reserve(randomUUID(), 1, 60, later)))?.code).toBe('budget.exhausted');
    expect(await budgets.spent('2026-11', later)).toMatchObject({ spentMicros: 60, heldMicros: 40 });
    await budgets.settle(id, 5);
    expect(await budgets.spent('2026-11', later)).toMatchObject({ spentMicros: 5, heldMicros: 40 });
  });

  it('that lapsed in the month before is written down there', async () => {
    const budgets = open(100);
    await budgets.reserve(randomUUID(), 60, 10, at('2026-11-30T23:59:59Z'));
    const later = at('2026-12-01T00:10:00Z');
    await budgets.reserve(randomUUID(), 30, 10, later);
    expect(await budgets.spent('2026-11', later)).toMatchObject({ spentMicros: 60, heldMicros: 0 });
    expect(await budgets.spent('2026-12', later)).toMatchObject({ spentMicros: 0, heldMicros: 30 });
  });

  it('that cost more than it held is written down as it was', async () => {
    const budgets = open(100);
    const id = randomUUID();
    await budgets.reserve(id, 10, 60, november);
    await budgets.settle(id, 25);
    expect(await budgets.spent('2026-11', november)).toMatchObject({ spentMicros: 25, heldMicros: 0 });
  });

  it('is forgotten forty days after its deadline, and its money is not', async () => {
    const budgets = open(100);
    const id = randomUUID();
    await budgets.reserve(id, 60, 10, november);
    await budgets.settle(id, 60);
    await budgets.reserve(randomUUID(), 1, 10, at('2027-01-10T00:00:00Z'));
    await budgets.settle(id, 1);
    expect(await budgets.spent('2026-11', november)).toMatchObject({ spentMicros: 60 });
  });
});
