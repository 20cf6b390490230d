import { keyHolder } from '../../src/stores/sealed-reply.ts';

const key = 'order-2026-11-23-0001';
const [mine, again] = [keyHolder('acme', 'person:ana', key), keyHolder('acme', 'person:ana', key)];
const strangers = [
  ['another key', keyHolder('acme', 'person:ana', `${key}x`)],
  ['another actor', keyHolder('acme', 'person:bia', key)],
  ['another tenant', keyHolder('globex', 'person:ana', key)],
] as const;

describe('what is kept under a client’s key', () => {
  it('is found, compared and opened by whoever has the key', () => {
    expect([again.keyId, again.macOf('request')]).toEqual([mine.keyId, mine.macOf('request')]);
    for (const reply of ['', 'resposta: João', 'x'.repeat(1_000_000)]) expect(again.open(mine.seal(reply))).toBe(reply);
  });

  it.each(strangers)('is neither found nor opened with %s', (_, stranger) => {
    expect(stranger.keyId).not.toEqual(mine.keyId);
    expect(stranger.macOf('request')).not.toEqual(mine.macOf('request'));
    expect(() => stranger.open(mine.seal('reply'))).toThrow();
  });

  it('is never opened once a bit of it was changed, or an end cut off', () => {
    const sealed = mine.seal('reply');
    for (const at of sealed.keys()) {
      const changed = Buffer.from(sealed);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => mine.open(changed)).toThrow();
      expect(() => mine.open(sealed.subarray(0, at))).toThrow();
    }
  });

  it('looks different every time, and says nothing of its key', () => {
    const [one, two] = [mine.seal('reply'), mine.seal('reply')];
    expect(one).not.toEqual(two);
    for (const part of [one, mine.keyId, mine.macOf('request')]) expect(part.includes(key)).toBe(false);
  });
});
