import type { TenantId } from '../../../src/contract/ids.ts';
import { changeWithAudit } from '../../../src/stores/ledger.ts';
import { byTests } from '../../attribution.ts';
import { ask, dialects, type Json, openWorld, type Person, type World } from '../../harness.ts';

let world: World;
let tenant: TenantId;
let ana: Person;
let rui: Person;

beforeAll(async () => {
  world = await openWorld();
  tenant = await world.tenant('audited');
  [ana, rui] = [await world.person(tenant), await world.person(tenant, ['auditor'])];
  for (let i = 0; i < 6; i++) {
    const profile = { fullName: 'Zuleica Personnenname', title: `Cargo ${i}` };
    expect((await ask(ana, 'rest', 'candidates.upsert', { candidateId: `c-${i}`, profile })).status).toBe(200);
    await changeWithAudit(tenant, byTests, async () => ({
      result: 0,
      entry: { action: 'thing.put', subjects: [`t-${i}`], details: { times: i } },
    }));
  }
});
afterAll(() => world.close());

const entriesOf = async (input: Record<string, unknown>, person = rui): Promise<Json[]> => {
  const { status, reply, error } = await ask(person, 'rest', 'admin.audit', input);
  expect([status, error]).toEqual([200, undefined]);
  return reply.entries;
};
const told = (entries: Json[]) => entries.map(({ chain, seq }) => `${chain} ${seq}`);

describe('admin.audit', () => {
  it.each(dialects)(
    'tells an auditor both chains, the newest first, with who, how, from where and what: %s',
    async (dialect) => {
      const { reply } = await ask(rui, dialect, 'admin.audit', { limit: 200 });
      const things = reply.entries.filter(({ action }: Json) => action === 'thing.put');
      const changes = reply.entries.filter(({ chain }: Json) => chain === 'records');
      expect(things.map(({ subjects }: Json) => subjects[0])).toEqual(['t-5', 't-4', 't-3', 't-2', 't-1', 't-0']);
      expect(changes.map(({ subjects }: Json) => subjects[0])).toEqual(['c-5', 'c-4', 'c-3', 'c-2', 'c-1', 'c-0']);
      expect(changes[0]).toEqual({
        chain: 'records',
        seq: 6,
        at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        actorKind: 'person',
        actor: expect.stringMatching(/^u[0-9a-f]{16}$/),
        by: 'candidates.upsert',
        address: expect.stringContaining('127.0.0.1'),
        requestId: expect.any(String),
        action: 'candidate.changed',
        subjects: ['c-5'],
        subjectCount: 1,
        outcome: 'allowed',
        details: { created: 1, updated: 0, embedded: 1 },
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      const times = reply.entries.map(({ at }: Json) => at);
      expect(times).toEqual(times.toSorted().toReversed());
      expect(reply.nextCursor).toBeNull();
      expect(JSON.stringify(reply)).not.toMatch(/zuleica|personnenname|cargo/i);
    },
  );

  it('gives every entry once, page by page, while new ones come', async () => {
    const all = told(await entriesOf({ limit: 200 }));
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { reply } = await ask(rui, 'rest', 'admin.audit', { limit: 5, ...(cursor !== undefined && { cursor }) });
      seen.push(...told(reply.entries));
      cursor = reply.nextCursor ?? undefined;
      await ask(ana, 'rest', 'candidates.upsert', {
        candidateId: 'late',
        profile: { fullName: `Nova ${seen.length}` },
      });
    } while (cursor !== undefined);
    expect(seen).toEqual(all);
  });

  it('filters by action, actor, outcome and time', async () => {
    const [newest] = await entriesOf({ action: 'thing.put', limit: 1 });
    expect(newest.subjects).toEqual(['t-5']);
    expect(await entriesOf({ actor: byTests.actor, action: 'candidate.changed' })).toEqual([]);
    expect(await entriesOf({ actor: byTests.actor, limit: 200 })).toHaveLength(6);
    const around = await entriesOf({ from: newest.at, to: newest.at, limit: 200 });
    expect(told(around)).toContain(told([newest])[0]);
    expect(new Set(around.map(({ at }) => at))).toEqual(new Set([newest.at]));
    expect(await entriesOf({ to: '2020-01-01T00:00:00Z' })).toEqual([]);
    expect(await entriesOf({ from: '2999-01-01T00:00:00-03:00' })).toEqual([]);
  });

  it('tells of a refusal with its code, and refuses whoever is no auditor', async () => {
    const refused = await ask(ana, 'rest', 'admin.audit', {});
    expect([refused.status, refused.error.code]).toEqual([403, 'auth.scope_missing']);
    const [entry] = await entriesOf({ outcome: 'refused', limit: 1 });
    expect(entry).toMatchObject({ outcome: 'refused', code: 'auth.scope_missing', by: 'admin.audit' });
  });

  it('tells an auditor nothing of another tenant', async () => {
    const other = await world.tenant('audited-b');
    const eva = await world.person(other, ['auditor']);
    const own = await entriesOf({ limit: 200 }, eva);
    expect(own.filter(({ action }) => action === 'thing.put' || action === 'candidate.changed')).toEqual([]);
    const { reply } = await ask(rui, 'rest', 'admin.audit', { limit: 1 });
    const stolen = await ask(eva, 'rest', 'admin.audit', { cursor: reply.nextCursor });
    expect([stolen.status, stolen.error.code]).toEqual([400, 'page.cursor_invalid']);
  });

  it.each([
    [{ from: 'yesterday' }, 'from'],
    [{ to: '2026-01-01' }, 'to'],
    [{ action: "x'; drop table" }, 'action'],
    [{ outcome: 'maybe' }, 'outcome'],
    [{ limit: 201 }, 'limit'],
  ])('refuses %j, naming the field', async (input, field) => {
    const { status, error } = await ask(rui, 'callable', 'admin.audit', input);
    expect([status, error.code, error.details[0].path]).toEqual([400, 'input.invalid', field]);
  });
});
