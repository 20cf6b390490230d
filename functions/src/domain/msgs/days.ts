const dayMs = 86_400_000;

/** A day such as `2023-12-13`, so many days later. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayMs).toISOString().slice(0, 10);

/** Days from the first to the second. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

/** The Monday of a day's ISO week. */
export const mondayOf = (day: string): string => addDays(day, -((new Date(day).getUTCDay() + 6) % 7));

/** Every Monday from the first to the last, both Mondays themselves. */
export function mondaysBetween(first: string, last: string): string[] {
  const mondays: string[] = [];
  for (let monday = first; monday <= last; monday = addDays(monday, 7)) mondays.push(monday);
  return mondays;
}

/** Days since 1970, and the day so many after. */
export const dayNumber = (day: string): number => Date.parse(day) / dayMs;
export const dayOfNumber = (number: number): string => new Date(number * dayMs).toISOString().slice(0, 10);
