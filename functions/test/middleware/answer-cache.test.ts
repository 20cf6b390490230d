import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import type { AnyEndpoint } from '../../src/contract/endpoint.ts';
import { TenantId } from '../../src/contract/ids.ts';
import { hybrid } from '../../src/endpoints/search/hybrid.ts';
import { type AnswerText, dropAnswers, throughCache } from '../../src/middleware/answer-cache.ts';
import { closeKeyValue } from '../../src/platform/cache.ts';
import { ask, openWorld, type Person, type World } from '../harness.ts';

const endpoint = hybrid as unknown as AnyEndpoint;
const tenant = TenantId.parse('cache-tests');
const answer = (text: string): AnswerText => ({ text, degraded: [] });
const through = (input: unknown, text: string, of = tenant) =>
  throughCache(endpoint, of, input, async () => answer(text));
const miss = (text: string) => ({ ...answer(text), cache: 'miss' });
const hit = (text: string) => ({ ...answer(text), cache: 'hit' });

beforeEach(() => closeKeyValue());
afterAll(() => closeKeyValue());

describe('an answer', () => {
  it('is computed once and found again for the same input in any order of its fields', async () => {
    expect(await through({ a: 1, b: { c: [1, 2], d: 3 } }, 'first')).toEqual(miss('first'));
    expect(await through({ b: { d: 3, c: [1, 2] }, a: 1 }, 'second')).toEqual(hit('first'));
  });

  it('is another for an input that differs in anything', async () => {
    await through({ query: 'a', list: ['x', 'y'] }, 'first');
    for (const input of [
      { query: 'A', list: ['x', 'y'] },
      { query: 'a', list: ['y', 'x'] },
      { query: 'a' },
      { query: 'a', list: ['x', 'y'], more: 1 },
    ]) {
      expect(await through(input, 'other')).toEqual(miss('other'));
    }
  });

  it('is another for another tenant', async () => {
    await through({ query: 'a' }, 'first');
    const other = await through({ query: 'a' }, 'other', TenantId.parse('another-one'));
    expect(other).toEqual(miss('other'));
  });

  it('ends with the event that it depends on, and with no other tenant’s', async () => {
    await through({ query: 'a' }, 'first');
    await dropAnswers(TenantId.parse('another-one'), ['candidate.changed']);
    expect(await through({ query: 'a' }, 'second')).toEqual(hit('first'));
    await dropAnswers(tenant, ['candidate.changed']);
    expect(await through({ query: 'a' }, 'second')).toEqual(miss('second'));
  });

  it('that was on its way while a write happened is never found later', async () => {
    let finish: (answer: AnswerText) => void = () => {};
    const slow = throughCache(endpoint, tenant, { query: 'a' }, () => new Promise((resolve) => (finish = resolve)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await dropAnswers(tenant, ['candidate.changed']);
    finish(answer('stale'));
    expect(await slow).toEqual(miss('stale'));
    expect(await through({ query: 'a' }, 'fresh')).toEqual(miss('fresh'));
    expect(await through({ query: 'a' }, 'later')).toEqual(hit('fresh'));
  });

  it('that starts after a write is not joined to one that started before it', async () => {
    let finish: (answer: AnswerText) => void = () => {};
    const before = throughCache(endpoint, tenant, { query: 'a' }, () => new Promise((resolve) => (finish = resolve)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await dropAnswers(tenant, ['candidate.changed']);
    const after = through({ query: 'a' }, 'fresh');
    expect(await after).toEqual(miss('fresh'));
    finish(answer('stale'));
    expect(await before).toEqual(miss('stale'));
  });

  it('asked for by many at once is computed once', async () => {
    let computed = 0;
    const many = Array.from({ length: 20 }, () =>
      throughCache(endpoint, tenant, { query: 'a' }, async () => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        return answer(String(++computed));
      }),
    );
    expect((await Promise.all(many)).map(({ text }) => text)).toEqual(many.map(() => '1'));
  });

  it('that failed is not kept', async () => {
    const failing = throughCache(endpoint, tenant, { query: 'a' }, () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(await through({ query: 'a' }, 'fresh')).toEqual(miss('fresh'));
  });
});

describe('Redis being away', () => {
  let world: World;
  let ana: Person;
  let silent: Server;
  beforeAll(async () => {
    world = await openWorld();
    ana = await world.person(await world.tenant('cache'));
    // Takes connections and never says a word.
    silent = createServer(() => {});
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    delete process.env['REDIS_URL'];
    await closeKeyValue();
  });
  afterAll(async () => {
    silent.close();
    await world.close();
  });

  it.each([
    ['refuses connections', () => 1],
    ['never answers', () => (silent.address() as AddressInfo).port],
  ])('is a miss and never an outage: it %s', async (_, port) => {
    process.env['REDIS_URL'] = `redis://127.0.0.1:${port()}`;
    await closeKeyValue();
    for (let i = 0; i < 2; i++) {
      const started = Date.now();
      const { status, reply } = await ask(ana, 'rest', 'search.hybrid', { query: 'Java' });
      expect([status, reply.cacheHit]).toEqual([200, false]);
      // The first call may wait for the connection to be given up; no later one does.
      expect(Date.now() - started).toBeLessThan(i === 0 ? 5_000 : 2_000);
    }
    const written = await ask(ana, 'rest', 'candidates.upsert', { profile: { fullName: 'Ana Exemplo' } });
    expect(written.status).toBe(200);
    const ready = await ana.rest(
      'GET',
      `/${world.host.functions
        .find(({ name }) => name === 'search-hybrid')
        ?.url.split('/')
        .slice(3)
        .join('/')}/ready`,
    );
    expect([ready.status, ready.body.needs.cache, ready.body.needs.limits]).toEqual([200, 'degraded', 'degraded']);
  });

  it('in memory: a hit on the second call, and none after a write', async () => {
    const hit = async () => (await ask(ana, 'rest', 'search.hybrid', { query: 'Java' })).reply.cacheHit;
    expect([await hit(), await hit()]).toEqual([false, true]);
    await ask(ana, 'rest', 'candidates.upsert', {
      candidateId: 'new-one',
      profile: { fullName: 'Bia Exemplo', title: 'Java' },
    });
    const { reply } = await ask(ana, 'callable', 'search.hybrid', { query: 'Java' });
    expect([reply.cacheHit, reply.results.map((one: { candidateId: string }) => one.candidateId)]).toEqual([
      false,
      expect.arrayContaining(['new-one']),
    ]);
    expect(await hit()).toBe(true);
    await ask(ana, 'rest', 'embed.upsert', { candidateId: 'new-one', chunkType: 'note', text: 'Kotlin' });
    expect(await hit()).toBe(false);
    await ask(ana, 'rest', 'candidates.remove', { candidateId: 'new-one' });
    expect(await hit()).toBe(false);
  });
});
