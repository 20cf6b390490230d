import type { z } from 'zod';
import type { DateDoubt, Job } from '../../../contract/enriched-profile.ts';

type Doubt = z.output<typeof DateDoubt>;
type Times = Pick<z.output<typeof Job>, 'start' | 'end' | 'current' | 'months' | 'doubts'>;

const mostMonths = 960;

/** Months since year 0 of the first and the last month that a date may stand for. */
export function monthsOf(date: string): { first: number; last: number } {
  const [year = 0, month] = date.split('-').map(Number);
  return month === undefined
    ? { first: year * 12, last: year * 12 + 11 }
    : { first: year * 12 + month - 1, last: year * 12 + month - 1 };
}

/**
 * How long a job lasted and what is not sure about that. Both months of its dates count; a bare year may begin in January or
 * December. What has no start counts nothing; a job that was never closed may have ended in the month it began.
 */
export function timesOf(start: string | null, end: string | null, current: boolean | null, now: Date): Times {
  const doubts: Doubt[] = [];
  const today = now.getUTCFullYear() * 12 + now.getUTCMonth();
  const from = start === null ? undefined : monthsOf(start);
  const to = end === null ? undefined : monthsOf(end);
  if (!from) doubts.push('start_missing');
  if (!to && current !== true) doubts.push('end_missing');
  if ([start, end].some((date) => date?.length === 4)) doubts.push('year_only');
  if (from && to && from.first > to.last) doubts.push('order_reversed');
  if ([from, to].some((months) => months && months.first > today)) doubts.push('in_future');
  const times = { start, end, current, doubts };
  if (!from || doubts.includes('order_reversed')) return { ...times, months: { min: 0, max: 0 } };
  const [shortest, longest] = to
    ? [to.first - from.last + 1, Math.min(to.last, today) - from.first + 1]
    : [current === true ? today - from.last + 1 : 1, today - from.first + 1];
  const within = (months: number) => Math.max(0, Math.min(mostMonths, months));
  const max = within(longest);
  return { ...times, months: { min: Math.min(max, within(shortest)), max } };
}
