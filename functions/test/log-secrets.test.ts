import { randomBytes } from 'node:crypto';
import { leaksIn } from './known-secrets.ts';

// What the end of every run does with the log lines of all of it.
describe('the search for secrets in the log', () => {
  const value = `hhk_${randomBytes(19).toString('hex')}`;
  const odd = `p"ss w${randomBytes(8).toString('hex')}`;
  const secrets = [
    ['another', randomBytes(20).toString('hex')],
    ['key', value],
    ['odd', odd],
  ] as const;
  const line = (cause: string) => JSON.stringify({ severity: 'INFO', message: 'call', cause });

  it.each([
    ['as it is', value],
    ['at the end of a text', `refused ${value}`],
    ['in base64', Buffer.from(value).toString('base64')],
    ['in a URL', `https://example.com/?key=${value}&x`],
    ['with characters that JSON escapes', odd],
    ['with characters that a URL escapes', encodeURIComponent(odd)],
  ])('finds one: %s', (_, text) => {
    const [leak, ...more] = leaksIn([line('nothing'), line(text)], secrets);
    expect(leak).toMatch(/^(key|odd) in: \{"severity":"INFO"/);
    expect(leak).not.toContain(value.slice(-20));
    expect(more).toEqual([]);
  });

  it('finds none where only the beginning agrees', () => {
    expect(leaksIn([line(value.slice(0, -1)), line(`${value.slice(0, 20)}...`)], secrets)).toEqual([]);
  });
});
