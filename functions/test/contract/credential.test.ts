import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import {
  ClientId,
  CredentialId,
  makeClientId,
  makeCredential,
  recogniseCredential,
  sealCredential,
  tenantOfClient,
} from '../../src/contract/credential.ts';
import { TenantId } from '../../src/contract/ids.ts';

const alphabet = [...'0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'];
const tenant = TenantId.parse('acme');
const [key, secret] = [makeCredential('apiKey'), makeCredential('clientSecret')];

describe('the text of a credential', () => {
  it('says what it is by its first four characters, and is 42 long', () => {
    expect(key).toMatch(/^hhk_[0-9A-Za-z]{38}$/);
    expect(secret).toMatch(/^hhs_[0-9A-Za-z]{38}$/);
    expect([recogniseCredential(key), recogniseCredential(secret)]).toEqual(['apiKey', 'clientSecret']);
  });

  it('ends with the CRC-32 of what comes before, in base 62', () => {
    const digits = [...key.slice(-6)].map((character) => BigInt(alphabet.indexOf(character)));
    expect(digits.reduce((sum, digit) => sum * 62n + digit, 0n)).toBe(BigInt(crc32(key.slice(0, -6))));
  });

  it('is recognised however often it is made, and never made twice', () => {
    const made = Array.from({ length: 2_000 }, () => makeCredential('apiKey'));
    expect(made.filter((one) => recogniseCredential(one) !== 'apiKey')).toEqual([]);
    expect(new Set(made).size).toBe(made.length);
  });

  it('uses every letter and digit about equally often', () => {
    const counts = new Map<string, number>();
    for (let i = 0; i < 2_000; i++)
      for (const one of makeCredential('apiKey').slice(4, 36)) counts.set(one, (counts.get(one) ?? 0) + 1);
    const expected = (2_000 * 32) / 62;
    const chiSquare = alphabet.reduce((sum, one) => sum + ((counts.get(one) ?? 0) - expected) ** 2 / expected, 0);
    // 61 degrees of freedom: above 130 once in a million runs; eight characters too frequent by a quarter would give 300.
    expect(chiSquare).toBeLessThan(130);
  });

  it('is not recognised with any one character changed, left out or doubled', () => {
    for (const text of [key, secret]) {
      for (let at = 0; at < text.length; at++) {
        const others = alphabet.filter((one) => one !== text[at]);
        for (const other of [...others, '_', '-', 'é', ' '].filter((one) => one !== text[at]))
          expect(recogniseCredential(text.slice(0, at) + other + text.slice(at + 1))).toBeUndefined();
        expect(recogniseCredential(text.slice(0, at) + text.slice(at + 1))).toBeUndefined();
        expect(recogniseCredential(text.slice(0, at) + text[at] + text.slice(at))).toBeUndefined();
      }
    }
  });

  it('is not recognised with another kind’s prefix, or with something around it', () => {
    const texts = [
      `hhs_${key.slice(4)}`,
      `hhk_${secret.slice(4)}`,
      ` ${key}`,
      `${key}\n`,
      key.toLowerCase(),
      '',
      'hhk_',
    ];
    expect(texts.map(recogniseCredential)).toEqual(texts.map(() => undefined));
  });

  it('is never recognised in what somebody happens to send', () => {
    fc.assert(fc.property(fc.string({ maxLength: 60 }), (text) => recogniseCredential(text) === undefined));
  });

  it('may be a key of Google’s, which its API Gateway asks for', () => {
    const google = `AIza${'Sy0_-'.repeat(7)}`;
    expect(recogniseCredential(google)).toBe('googleKey');
    expect(sealCredential(google).prefix).toBe('AIza');
    expect([google.slice(1), `${google}x`, google.slice(0, -1)].map(recogniseCredential)).toEqual(
      Array(3).fill(undefined),
    );
  });
});

describe('what is kept of a credential', () => {
  it('is the first 8 characters and two hashes, of which the shown one is no part of the other', () => {
    const { id, prefix, hash } = sealCredential(key);
    expect(prefix).toBe(key.slice(0, 8));
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(CredentialId.safeParse(id).success).toBe(true);
    expect(hash).not.toContain(id);
    expect(sealCredential(key)).toEqual({ id, prefix, hash });
    expect(sealCredential(secret).id).not.toBe(id);
  });
});

describe('the id of a client', () => {
  it('names its tenant, and nothing else does', () => {
    const id = makeClientId(tenant);
    expect(id).toMatch(/^acme\.[0-9A-Za-z]{16}$/);
    expect(tenantOfClient(id)).toBe('acme');
    const wrong = ['acme', 'acme.', `acme.${'x'.repeat(15)}`, `a/b.${'x'.repeat(16)}`, `acme.acme.${'x'.repeat(16)}`];
    expect(wrong.map(tenantOfClient)).toEqual(wrong.map(() => undefined));
    expect(ClientId.safeParse(`../acme.${'x'.repeat(16)}`).success).toBe(false);
  });
});
