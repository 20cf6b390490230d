import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { log } from '../../src/platform/log.ts';
import { keepSecret, redacted } from '../../src/platform/redaction.ts';

const logLines = () => (globalThis as { logLines?: string[] }).logLines ?? [];

describe('a secret that this process was given', () => {
  const key = `hhk_${randomBytes(16).toString('hex')}`;
  keepSecret('KEY', key);

  it.each([
    ['as it is', key],
    ['within a text', `refused "${key}", try again`],
    ['in base64', Buffer.from(key).toString('base64')],
    ['in a Basic header', `Basic ${Buffer.from(`acme.client:${key}`).toString('base64')}`],
    ['in a Basic header of a longer name', `Basic ${Buffer.from(`acme.client1:${key}`).toString('base64')}`],
    ['in a Basic header of a name still longer', `Basic ${Buffer.from(`acme.client12:${key}`).toString('base64')}`],
    ['in base64url', Buffer.from(key).toString('base64url')],
    ['in a query', `https://example.com/?key=${encodeURIComponent(key)}`],
  ])('is taken out of what is written: %s', (_, text) => {
    expect(redacted(text)).toContain('[secret KEY]');
    expect(redacted(text)).not.toContain(key);
  });

  it.each([
    ['in a field', { cause: key }],
    ['deep in a field', { cause: { errors: [{ message: `said ${key}` }] } }],
    ['as the name of a field', { [key]: 1 }],
    ['beside what JSON cannot hold', { size: 10n, cause: key }],
    [
      'in a ring',
      (() => {
        const ring: Record<string, unknown> = { cause: key };
        ring['self'] = ring;
        return ring;
      })(),
    ],
  ])('is not in the log: %s', (_, fields) => {
    log('warning', 'test.leak', fields);
    const line = logLines().at(-1) ?? '';
    expect(line).toContain('[secret KEY]');
    expect(line).not.toContain(key);
  });

  it('is not in the log by the part that is secret in itself: the password of a URL, percent-encoded or not', () => {
    const password = `p@ss/${randomBytes(6).toString('hex')}`;
    keepSecret('DATABASE_URL', `postgres://role:${encodeURIComponent(password)}@db.example.com/postgres`);
    for (const form of [password, encodeURIComponent(password), Buffer.from(password).toString('base64')]) {
      log('warning', 'test.leak', { cause: `password authentication failed for ${form}!` });
      expect(logLines().at(-1)).not.toContain(form);
    }
  });

  it('is not in the log by a private member of a JSON Web Key, whose public members stay', () => {
    const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
    keepSecret('SIGNING_KEY', JSON.stringify(jwk));
    log('warning', 'test.leak', { jwk, text: JSON.stringify(jwk) });
    expect(logLines().at(-1)).not.toContain(jwk.d);
    expect(logLines().at(-1)).toContain(jwk.x);
  });

  it('leaves a clean line as it was', () => {
    const fields = { endpoint: 'search.hybrid', tookMs: 12.3, nested: { list: [1, null, true] } };
    log('info', 'test.clean', fields);
    expect(JSON.parse(logLines().at(-1) ?? '')).toMatchObject(fields);
  });
});
