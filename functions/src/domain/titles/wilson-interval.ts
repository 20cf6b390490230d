export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Of the standard normal distribution, for 95 % on both sides. */
const z = 1.959964;

/** Wilson's score interval (1927) of a share seen in `count` cases, at 95 %: within 0..1; all of it for no case. */
export function wilsonInterval(share: number, count: number): Interval {
  if (count === 0) return { low: 0, high: 1 };
  const middle = share + z ** 2 / (2 * count);
  const reach = z * Math.sqrt((share * (1 - share)) / count + (z / (2 * count)) ** 2);
  const whole = 1 + z ** 2 / count;
  return { low: Math.max(0, (middle - reach) / whole), high: Math.min(1, (middle + reach) / whole) };
}
