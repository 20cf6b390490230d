/** Holds `burst` tokens and gets one back every `intervalMicros`; both are whole numbers. */
export interface Bucket {
  readonly key: string;
  readonly burst: number;
  readonly intervalMicros: number;
}

/** What is kept of a bucket: the moment it is full again, in microseconds; none is kept of one that is full. */
export type FullAt = number;

/**
 * Takes one token of every bucket, or of none when any lacks one. A moment further off than an empty bucket's, as after a
 * clock was set back or a limit was raised, counts as empty.
 */
export function takeOfAll(
  buckets: readonly Bucket[],
  kept: readonly (FullAt | undefined)[],
  now: number,
): { taken: boolean; fullAt: FullAt[] } {
  const before = buckets.map((bucket, i) => Math.min(Math.max(kept[i] ?? now, now), now + spanOf(bucket)));
  const after = buckets.map(({ intervalMicros }, i) => (before[i] ?? now) + intervalMicros);
  const taken = buckets.every((bucket, i) => (after[i] ?? now) <= now + spanOf(bucket));
  return { taken, fullAt: taken ? after : before };
}

/** The same by Redis' own clock: KEYS are the buckets and one key to read beside them; ARGV is interval and burst of each. */
export const takeOfAllInRedis = `
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local count = #KEYS - 1
local full_at, taken = {}, 1
for i = 1, count do
  local interval, burst = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local empty = now + interval * burst
  full_at[i] = math.min(math.max(tonumber(redis.call('GET', KEYS[i])) or now, now), empty)
  if full_at[i] + interval > empty then taken = 0 end
end
local reply = { taken, redis.call('GET', KEYS[count + 1]) }
for i = 1, count do
  if taken == 1 then
    full_at[i] = full_at[i] + ARGV[2 * i - 1]
    redis.call('SET', KEYS[i], string.format('%.0f', full_at[i]), 'PX', math.ceil((full_at[i] - now) / 1000))
  end
  reply[i + 2] = full_at[i] - now
end
return reply
`;

/** A bucket that is full in `fullInMicros`, in a caller's words: whole seconds, rounded so that waiting them is enough. */
export function stateOf(bucket: Bucket, fullInMicros: number) {
  const { intervalMicros } = bucket;
  return {
    remaining: Math.floor((spanOf(bucket) - fullInMicros) / intervalMicros),
    resetSeconds: secondsOf(fullInMicros),
    nextTokenSeconds: secondsOf(Math.max(0, fullInMicros + intervalMicros - spanOf(bucket))),
  };
}

const spanOf = ({ burst, intervalMicros }: Bucket) => burst * intervalMicros;
const secondsOf = (micros: number) => Math.ceil(micros / 1e6);
