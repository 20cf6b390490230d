import { ModelFailure, type ModelFailureCategory } from '../../../src/contract/language-model.ts';
import {
  type Resilience,
  type ResilienceSettings,
  resilienceOf,
  usualResilience,
} from '../../../src/platform/language-models/resilience.ts';

const settings: ResilienceSettings = { ...usualResilience, failuresToOpen: 3, openMs: 10_000 };
const open = (own: Partial<ResilienceSettings> = {}) => resilienceOf('gemini x', { ...settings, ...own });
const failing = (category: ModelFailureCategory, retryAfterMs?: number) => {
  const work = jest.fn(async () => {
    throw new ModelFailure(category, 'as told', { retryAfterMs });
  });
  return work;
};
const hanging = () =>
  jest.fn(
    (signal: AbortSignal) =>
      new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(new ModelFailure('timeout', 'did not answer in time')));
      }),
  );

/** What becomes of a run, while the clock is moved by hand. */
function watch(
  resilience: Resilience,
  work: (signal: AbortSignal) => Promise<unknown>,
  signal = new AbortController().signal,
) {
  const from = Date.now();
  const seen: { ended?: string; afterMs?: number } = {};
  const told = (ended: string) => Object.assign(seen, { ended, afterMs: Date.now() - from });
  resilience.run(work, signal).then(
    () => told('answered'),
    (error) => told(error.category ?? String(error)),
  );
  return seen;
}

const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);

beforeEach(() => {
  jest.useFakeTimers();
  // Jitter then takes the middle.
  jest.spyOn(Math, 'random').mockReturnValue(0.5);
});
afterEach(() => {
  jest.restoreAllMocks();
  jest.useRealTimers();
});

describe('an attempt', () => {
  it('is broken off at its time limit, and there are three', async () => {
    const work = hanging();
    const seen = watch(open(), work);
    await pass(30_000);
    expect([work.mock.calls.length, seen.ended]).toEqual([1, undefined]);
    await pass(80_000);
    expect([work.mock.calls.length, seen.ended]).toEqual([3, 'timeout']);
  });

  it('is followed by the next only when the provider wants to be asked again', async () => {
    const work = failing('rate_limited', 5_000);
    const seen = watch(open(), work);
    await pass(4_990);
    expect(work).toHaveBeenCalledTimes(1);
    await pass(10);
    expect(work).toHaveBeenCalledTimes(2);
    await pass(5_000);
    expect([work.mock.calls.length, seen.ended]).toEqual([3, 'rate_limited']);
  });

  it('is the last when the provider wants to be left alone for longer than anybody would wait', async () => {
    const work = failing('rate_limited', 34_000);
    const seen = watch(open(), work);
    await pass(0);
    expect([work.mock.calls.length, seen]).toEqual([1, { ended: 'rate_limited', afterMs: 0 }]);
  });

  it('is followed after growing pauses otherwise', async () => {
    const at: number[] = [];
    const work = jest.fn(async () => {
      at.push(Date.now());
      throw new ModelFailure('server', 'as told');
    });
    watch(open({ retries: 4, failuresToOpen: 9 }), work);
    await pass(60_000);
    const pauses = at.slice(1).map((ms, i) => ms - (at[i] ?? 0));
    expect(pauses).toHaveLength(4);
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    expect(pauses.at(-1)).toBeGreaterThan(2 * (pauses[0] ?? 0));
    expect(Math.max(...pauses)).toBeLessThanOrEqual(8_000);
  });
});

describe('whoever asks', () => {
  it.each([
    ['in the middle of an attempt', hanging(), 700],
    ['in the pause before the next', failing('rate_limited', 5_000), 700],
  ])('is answered no later than they said, %s', async (_, work, ms) => {
    const caller = new AbortController();
    const seen = watch(open(), work, caller.signal);
    await pass(ms);
    caller.abort();
    await pass(0);
    expect(seen).toEqual({ ended: 'timeout', afterMs: ms });
    await pass(100_000);
    expect(work).toHaveBeenCalledTimes(1);
  });

  it('is answered no later than they said while they wait for their turn', async () => {
    const resilience = open({ atOnce: 1 });
    watch(resilience, hanging());
    const caller = new AbortController();
    const work = hanging();
    const seen = watch(resilience, work, caller.signal);
    await pass(700);
    caller.abort();
    await pass(0);
    expect(seen).toEqual({ ended: 'timeout', afterMs: 700 });
    await pass(100_000);
    expect(work).not.toHaveBeenCalled();
  });

  it('has nothing asked when there is no time left', async () => {
    const work = hanging();
    const seen = watch(open(), work, AbortSignal.abort());
    await pass(0);
    expect([seen.ended, work.mock.calls.length]).toEqual(['timeout', 0]);
  });
});

describe('turns', () => {
  it('are for so many at once, so many wait, and one more is refused at once', async () => {
    const resilience = open({ atOnce: 2, waiting: 3, retries: 0 });
    const finish: (() => void)[] = [];
    const work = jest.fn(() => new Promise<void>((resolve) => finish.push(resolve)));
    const seen = Array.from({ length: 6 }, () => watch(resilience, work));
    await pass(0);
    expect([work.mock.calls.length, seen.map(({ ended }) => ended)]).toEqual([
      2,
      [...Array(5).fill(undefined), 'rate_limited'],
    ]);
    for (let i = 0; i < 5; i++) {
      finish[i]?.();
      await pass(0);
    }
    expect(seen.map(({ ended }) => ended)).toEqual([...Array(5).fill('answered'), 'rate_limited']);
  });
});

describe('the circuit', () => {
  const broken = async (resilience: Resilience) => {
    for (let i = 0; i < 3; i++) {
      watch(resilience, failing('server'));
      await pass(0);
    }
  };
  const fine = () => jest.fn(async () => 'fine');

  it('opens after so many failures of the provider in a row, and then nobody is kept waiting', async () => {
    const resilience = open({ retries: 0 });
    await broken(resilience);
    const work = fine();
    const seen = watch(resilience, work);
    await pass(0);
    expect([seen, work.mock.calls.length]).toEqual([{ ended: 'circuit_open', afterMs: 0 }, 0]);
  });

  it('lets one through after its time, and closes when that is answered', async () => {
    const resilience = open({ retries: 0 });
    await broken(resilience);
    await pass(10_000);
    let finish = () => {};
    const probe = jest.fn(() => new Promise<void>((resolve) => (finish = resolve)));
    const first = watch(resilience, probe);
    const second = fine();
    const other = watch(resilience, second);
    await pass(0);
    expect([probe.mock.calls.length, second.mock.calls.length]).toEqual([1, 0]);
    finish();
    await pass(0);
    expect([first.ended, other.ended]).toEqual(['answered', 'answered']);
  });

  it('stays open when that one fails, or when its caller gives it up', async () => {
    const resilience = open({ retries: 0 });
    await broken(resilience);
    await pass(10_000);
    watch(resilience, failing('network'));
    await pass(0);
    expect((await shortly(resilience)).ended).toBe('circuit_open');
    await pass(10_000);
    const caller = new AbortController();
    watch(resilience, hanging(), caller.signal);
    await pass(5);
    caller.abort();
    await pass(0);
    expect((await shortly(resilience)).ended).toBe('circuit_open');
  });
  const shortly = async (resilience: Resilience) => {
    const seen = watch(resilience, fine());
    await pass(0);
    return seen;
  };

  it.each(['auth', 'malformed', 'truncated', 'refused', 'too_large'] as const)(
    'is not opened by what is no failure of the service: %s',
    async (category) => {
      const resilience = open({ retries: 0 });
      for (let i = 0; i < 9; i++) {
        watch(resilience, failing(category));
        await pass(0);
      }
      expect((await shortly(resilience)).ended).toBe('answered');
    },
  );

  it.each([
    [2_900, 'answered'],
    [3_100, 'circuit_open'],
  ])('counts an attempt that was given up only when it had time: %s ms', async (ms, ended) => {
    const resilience = open({ retries: 0 });
    for (let i = 0; i < 3; i++) {
      const caller = new AbortController();
      watch(resilience, hanging(), caller.signal);
      await pass(ms);
      caller.abort();
      await pass(0);
    }
    expect((await shortly(resilience)).ended).toBe(ended);
  });
});
