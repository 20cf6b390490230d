import type { TenantId } from '../../contract/ids.ts';
import type { MarketCounts } from '../../stores/market-counts.ts';
import { addDays } from './days.ts';

/** Weeks that one transaction counts anew. */
const weeksAtOnce = 8;

export interface Recount {
  readonly tenant: TenantId;
  /** Weeks looked at. */
  readonly weeks: number;
  /** Counts that differed from the rows they count, and are mended; 0 unless something went past the triggers. */
  readonly mended: number;
  /** False when time was up before the end. */
  readonly finished: boolean;
}

/** Counts every tenant's weeks anew, the newest first, in short transactions; stops between two of them once `isTimeUp`. */
export async function* recountMarket(counts: MarketCounts, isTimeUp: () => boolean): AsyncGenerator<Recount> {
  for (const { tenant, firstWeek, lastWeek } of await counts.spans()) {
    let weeks = 0;
    let mended = 0;
    let last = lastWeek;
    while (last >= firstWeek && !isTimeUp()) {
      const first = addDays(last, -7 * (weeksAtOnce - 1));
      mended += await counts.recount(tenant, first, last);
      weeks += weeksAtOnce;
      last = addDays(first, -7);
    }
    yield { tenant, weeks, mended, finished: last < firstWeek };
  }
}
