import { Problem } from '../contract/errors.ts';
import { log } from '../platform/log.ts';
import type { TenantDatabase } from '../platform/tenant-database.ts';

/** Of one calendar month (UTC), in millionths of a US dollar. */
export interface Spending {
  readonly month: string;
  /** What was spent, and what calls that were not heard of again may have spent. */
  readonly spentMicros: number;
  /** What calls under way may yet spend. */
  readonly heldMicros: number;
}

/** What the tenant may spend on hosted models. Money is held before it is spent, and the two together never pass the month's cap. */
export interface Budgets {
  /**
   * Holds so much of the month of `now` for the call with this id, a UUID of its own, for so many seconds; after them it
   * counts as spent until it is settled. Again with the same id and amount, it changes nothing.
   * @throws Problem `budget.exhausted`; Error when the id stands for another amount or its call is over
   */
  reserve(id: string, micros: number, seconds: number, now: Date): Promise<void>;
  /**
   * Says what the call really cost, once. Never throws, since by now there is an answer to give: what could not be settled
   * counts in full after its deadline, and a line `budget.unsettled` tells of it.
   */
  settle(id: string, micros: number): Promise<void>;
  /** `month` as in `2026-11`. */
  spent(month: string, now: Date): Promise<Spending>;
}

/** `capMicros` is asked at every reservation, so that a changed cap holds at once. */
export function budgetsOf(database: TenantDatabase, capMicros: () => Promise<number>): Budgets {
  return {
    async reserve(id, micros, seconds, now) {
      const { rows } = await database.call<{ verdict: 'held' | 'exhausted' | 'reused'; left: string }>(
        `(select verdict, left_micros as left from headhunter.reserve_budget(s.tenant, $1, $2, $3, $4, $5))`,
        [id, micros, await capMicros(), seconds, now],
      );
      const { verdict, left } = rows[0] ?? {};
      if (verdict === 'held') return;
      if (verdict === 'exhausted')
        throw new Problem('budget.exhausted', [
          { path: 'asked', message: `${micros} millionths of a US dollar` },
          { path: 'left', message: `${left} millionths of a US dollar` },
        ]);
      throw new Error('a reservation of a budget is made with an id of its own');
    },
    async settle(id, micros) {
      try {
        const { rows } = await database.call<{ settled: boolean; held: string | null }>(
          `(select settled, held_micros as held from headhunter.settle_budget(s.tenant, $1, $2))`,
          [id, micros],
        );
        const { settled = false, held } = rows[0] ?? {};
        if (settled && micros > Number(held)) log('error', 'budget.overrun', { id, micros, held });
        if (!settled) log('warning', 'budget.unsettled', { id, micros, cause: 'settled before, or never reserved' });
      } catch (error) {
        log('warning', 'budget.unsettled', { id, micros, cause: String(error) });
      }
    },
    spent: (month, now) =>
      database.transaction(async (s) => {
        const { rows } = await s.query<{ spent: string; held: string }>(
          `select m.spent_micros + o.late as spent, m.held_micros - o.late as held
           from headhunter.budget_months m cross join lateral (
             select coalesce(sum(r.micros), 0)::bigint as late from headhunter.budget_reservations r
             where r.tenant_id = ${s.tenant} and r.month = m.month and r.state = 'held' and r.deadline <= $2) o
           where m.tenant_id = ${s.tenant} and m.month = $1::date`,
          [`${month}-01`, now],
        );
        const { spent, held } = rows[0] ?? {};
        return { month, spentMicros: Number(spent ?? 0), heldMicros: Number(held ?? 0) };
      }),
  };
}
