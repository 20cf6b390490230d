import { ask, dialects, openWorld, type Person, type World } from '../harness.ts';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
let world: World;
let ana: Person;
let tenant: string;

beforeAll(async () => {
  world = await openWorld();
  tenant = await world.tenant('log');
  ana = await world.person(tenant);
});
afterAll(() => world.close());

const lines = () => (globalThis as { logLines?: string[] }).logLines ?? [];

/** The lines named `call` that `work` leaves. */
async function linesOf(work: () => Promise<unknown>) {
  const before = lines().length;
  await work();
  return lines()
    .slice(before)
    .map((line) => JSON.parse(line))
    .filter(({ message }) => message === 'call');
}

describe('a call', () => {
  it.each(dialects)('by %s leaves one line with who, what, when, how long and in which trace', async (dialect) => {
    const headers = { 'x-request-id': 'request-of-a-test', 'x-cloud-trace-context': `${traceId}/99;o=1` };
    const told = await linesOf(() =>
      ask(ana, dialect, 'candidates.upsert', { profile: { fullName: 'Marina Exemplo' } }, headers),
    );
    expect(told).toEqual([
      expect.objectContaining({
        severity: 'INFO',
        endpoint: 'candidates.upsert',
        dialect,
        tenant,
        actorKind: 'person',
        requestId: 'request-of-a-test',
        code: 'ok',
        status: 200,
        cache: 'none',
        costMicros: 0,
        'logging.googleapis.com/trace': expect.stringContaining(`/traces/${traceId}`) as string,
        'logging.googleapis.com/trace_sampled': true,
      }),
    ]);
    const { steps, tookMs, database } = told[0];
    expect(Object.keys(steps)).toEqual(expect.arrayContaining(['authenticate', 'admit', 'validate', 'answer']));
    expect(tookMs).toBeGreaterThanOrEqual(steps.answer);
    expect(database.statements).toBeGreaterThan(2);
  });

  it.each(dialects)('by %s that is refused leaves one line too, with its code and status', async (dialect) => {
    const refused = await linesOf(() => ask(ana, dialect, 'candidates.get', { candidateId: '../etc/passwd' }));
    expect(refused).toEqual([expect.objectContaining({ code: 'input.invalid', status: 400, tenant })]);
  });

  it('names nobody: neither the person written, nor the one who writes, nor an address', async () => {
    const told = await linesOf(() =>
      ask(ana, 'rest', 'candidates.upsert', {
        profile: { fullName: 'Marina Singular', emails: ['marina.singular@example.com'] },
      }),
    );
    expect(JSON.stringify(told)).not.toMatch(/Singular|example\.com|127\.0\.0\.1/i);
  });

  it.each(dialects)('by %s answers with its request id and its place in the trace', async (dialect) => {
    const headers = { 'x-cloud-trace-context': `${traceId}/99;o=1` };
    const told = await ask(ana, dialect, 'candidates.list', {}, headers);
    expect(told.headers.get('x-request-id')).toBe(told.reply.requestId);
    expect(told.headers.get('x-cloud-trace-context')).toMatch(new RegExp(`^${traceId}/\\d+;o=1$`));
  });

  it('says of a cached answer that it was one', async () => {
    const query = { query: 'quem sabe Kafka' };
    await ask(ana, 'rest', 'search.hybrid', query);
    expect(await linesOf(() => ask(ana, 'rest', 'search.hybrid', query))).toEqual([
      expect.objectContaining({ cache: 'hit', endpoint: 'search.hybrid' }),
    ]);
  });
});
