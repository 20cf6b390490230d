import type { z } from 'zod';
import type { DateDoubt, EnrichedClaims } from '../../contract/enriched-profile.ts';

type Job = EnrichedClaims['jobs'][number];
type Doubt = z.output<typeof DateDoubt>;
export type JobDates = Pick<Job, 'start' | 'end' | 'current'>;
export type JobTimes = Pick<Job, 'start' | 'end' | 'current' | 'months' | 'doubts'>;

/** Months since year 0, `to` not among them. */
export interface MonthSpan {
  readonly from: number;
  readonly to: number;
}

const mostMonths = 960;

/** Months since year 0 of the first and the last month that `2021-04` or `2021` may stand for. */
export function monthsOf(date: string): { first: number; last: number } {
  const [year = 0, month] = date.split('-').map(Number);
  return month === undefined
    ? { first: year * 12, last: year * 12 + 11 }
    : { first: year * 12 + month - 1, last: year * 12 + month - 1 };
}

export const monthOfDay = (day: Date): number => day.getUTCFullYear() * 12 + day.getUTCMonth();

/**
 * The months in which somebody held a job: for certain, and possibly. Both months of its dates count; a bare year may begin in
 * January or December; a job that was never closed may have ended in the month it began, or goes on. Null without a start, in the
 * future, or against the order of time.
 */
export function spansOf(
  { start, end, current }: JobDates,
  now: Date,
): { certain: MonthSpan; possible: MonthSpan } | null {
  if (start === null) return null;
  const today = monthOfDay(now);
  const from = monthsOf(start);
  const to = end === null ? { first: current === true ? today : from.first, last: today } : monthsOf(end);
  const last = Math.min(to.last, today);
  if (from.first > last) return null;
  const possible = { from: from.first, to: last + 1 };
  const certain = { from: from.last, to: Math.min(to.first, today) + 1 };
  return { possible, certain: certain.to > certain.from ? certain : { from: from.last, to: from.last } };
}

/** How long a job lasted, and what is not sure about that. */
export function timesOf(dates: JobDates, now: Date): JobTimes {
  const { start, end, current } = dates;
  const [from, to] = [start, end].map((date) => (date === null ? undefined : monthsOf(date)));
  const doubts: Doubt[] = [];
  if (!from) doubts.push('start_missing');
  if (!to && current !== true) doubts.push('end_missing');
  if ([start, end].some((date) => date?.length === 4)) doubts.push('year_only');
  if (from && to && from.first > to.last) doubts.push('order_reversed');
  if ([from, to].some((months) => months && months.first > monthOfDay(now))) doubts.push('in_future');
  const spans = spansOf(dates, now);
  const lengthOf = (span: MonthSpan | undefined) => Math.min(mostMonths, span ? span.to - span.from : 0);
  return { start, end, current, doubts, months: { min: lengthOf(spans?.certain), max: lengthOf(spans?.possible) } };
}

/** Years in which at least one of these was going on, one decimal, at most 60. */
export function yearsIn(spans: readonly MonthSpan[]): number {
  let months = 0;
  let reached = 0;
  for (const { from, to } of spans.toSorted((a, b) => a.from - b.from)) {
    months += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return Math.min(60, Math.round((months / 12) * 10) / 10);
}

/** Newest first, by their end and then their start; undated last. */
export function newestFirst<Dated extends JobDates>(jobs: readonly Dated[]): Dated[] {
  const startOf = ({ start }: JobDates) => (start ? monthsOf(start).first : -1);
  const endOf = (job: JobDates) =>
    job.current ? Number.MAX_SAFE_INTEGER : job.end ? monthsOf(job.end).last : startOf(job);
  return jobs.toSorted((a, b) => endOf(b) - endOf(a) || startOf(b) - startOf(a));
}
