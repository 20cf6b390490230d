import { openQuota } from '../../../scripts/lib/local-gateway/quota.ts';

const limits = {
  'calls-per-minute': { metric: 'calls', values: 2 },
  'searches-per-minute': { metric: 'searches', values: 1 },
};

describe('quota of the local gateway', () => {
  it('lets a key use its minute, refuses it until the minute is over, and begins anew with the next', () => {
    let clock = 59_000;
    const quota = openQuota(limits, () => clock);
    expect([1, 2].map(() => quota.spend('ana', { calls: 1 }))).toEqual([undefined, undefined]);
    expect(quota.spend('ana', { calls: 1 })).toEqual({
      code: 429,
      message: "RESOURCE_EXHAUSTED:Quota exceeded for quota metric 'calls' and limit 'calls-per-minute'.",
    });
    expect(quota.spend('bob', { calls: 1 })).toBeUndefined();
    clock = 60_000;
    expect(quota.spend('ana', { calls: 1 })).toBeUndefined();
  });

  it('charges a refused call to no metric', () => {
    const quota = openQuota(limits, () => 0);
    const search = { calls: 1, searches: 1 };
    expect(quota.spend('ana', search)).toBeUndefined();
    expect(quota.spend('ana', search)?.message).toContain("'searches'");
    expect(quota.spend('ana', { calls: 1 })).toBeUndefined();
    expect(quota.spend('ana', { calls: 1 })?.message).toContain("'calls'");
  });
});
