import { type AuditEntry, type AuditHead, auditGenesis, auditHash } from '../../../src/contract/audit.ts';
import { verifyAudit } from '../../../src/domain/admin/verify-audit.ts';

const body = (seq: number) => `{"action":"candidate.removed","subjects":["c-${seq}"]}`;

/** The entries of these bodies after `previous`, each following the one before it. */
function linked(bodies: readonly string[], previous: AuditHead = auditGenesis): AuditEntry[] {
  const entries: AuditEntry[] = [];
  let last = previous;
  for (const one of bodies) {
    const link = { seq: last.seq + 1, atMs: 1_000 + last.seq, body: one, previousHash: last.hash };
    last = { seq: link.seq, hash: auditHash(link) };
    entries.push({ ...link, hash: last.hash });
  }
  return entries;
}

const length = 1_203;
const whole = () => linked(Array.from({ length }, (_, i) => body(i + 1)));
const headOf = (entries: readonly AuditEntry[]): AuditHead | null => {
  const last = entries.at(-1);
  return last ? { seq: last.seq, hash: last.hash } : null;
};
const chainOf = (entries: readonly AuditEntry[], head = headOf(entries)) => ({
  head: async () => head,
  after: async (seq: number, limit: number) => entries.filter((entry) => entry.seq > seq).slice(0, limit),
});
const at = (entries: readonly AuditEntry[], seq: number) => entries[seq - 1] as AuditEntry;

describe('a chain that nobody touched', () => {
  it('is whole, to its last entry, over several pages', async () => {
    const entries = whole();
    const seen: number[] = [];
    const verdict = await verifyAudit(chainOf(entries), [], (n) => seen.push(n));
    expect(verdict).toEqual({ entries: length, last: headOf(entries), broken: null });
    expect(seen).toEqual([500, 1_000, 1_203, 1_203]);
  });

  it('is whole without an entry', async () => {
    expect(await verifyAudit(chainOf([]))).toEqual({ entries: 0, last: auditGenesis, broken: null });
  });

  it('is whole while it grows, and what came meanwhile is looked at', async () => {
    const entries = whole();
    const growing = chainOf(entries);
    const chain = {
      // Somebody writes between every two looks, for a while.
      head: async () => {
        const head = headOf(entries);
        if (entries.length < length + 5) entries.push(...linked([body(entries.length + 1)], head ?? auditGenesis));
        return head;
      },
      after: growing.after,
    };
    expect(await verifyAudit(chain)).toMatchObject({ entries: length + 5, broken: null });
  });
});

describe('a chain that somebody touched', () => {
  const touched: [string, (entries: AuditEntry[]) => AuditEntry[], object][] = [
    ['an edited body', (e) => e.with(699, { ...at(e, 700), body: body(9) }), { kind: 'edited', seq: 700 }],
    ['an edited time', (e) => e.with(699, { ...at(e, 700), atMs: 5 }), { kind: 'edited', seq: 700 }],
    [
      'an edited link',
      (e) => e.with(699, { ...at(e, 700), previousHash: at(e, 3).hash }),
      { kind: 'edited', seq: 700 },
    ],
    ['a rewritten hash', (e) => e.with(699, { ...at(e, 700), hash: at(e, 3).hash }), { kind: 'edited', seq: 700 }],
    [
      'an edited body with a hash that fits it',
      (e) => e.with(699, linked([body(9)], at(e, 699))[0] as AuditEntry),
      { kind: 'wrong_link', seq: 701 },
    ],
    ['a deleted entry', (e) => e.filter(({ seq }) => seq !== 700), { kind: 'gap', seq: 700 }],
    ['a deleted first entry', (e) => e.slice(1), { kind: 'gap', seq: 1 }],
    ['an entry that is there twice', (e) => e.toSpliced(700, 0, at(e, 700)), { kind: 'gap', seq: 701 }],
    [
      'two swapped entries',
      (e) => e.with(699, { ...at(e, 701), seq: 700 }).with(700, { ...at(e, 700), seq: 701 }),
      { kind: 'edited', seq: 700 },
    ],
  ];

  it.each(touched)('%s is found and named', async (_, touch, broken) => {
    const entries = whole();
    expect((await verifyAudit(chainOf(touch(entries), headOf(entries)))).broken).toEqual(broken);
  });

  it('is said to be whole up to the break', async () => {
    const entries = whole();
    const { entries: found, last } = await verifyAudit(chainOf(entries.toSpliced(699, 1), headOf(entries)));
    expect([found, last]).toEqual([699, { seq: 699, hash: at(entries, 699).hash }]);
  });

  it('a deleted tail is found by the head', async () => {
    const entries = whole();
    expect((await verifyAudit(chainOf(entries.slice(0, 700), headOf(entries)))).broken).toEqual({
      kind: 'truncated',
      seq: 701,
    });
    expect((await verifyAudit(chainOf([], headOf(entries)))).broken).toEqual({ kind: 'truncated', seq: 1 });
  });

  it('a head that names another entry, an earlier one, or none, is found', async () => {
    const entries = whole();
    for (const head of [{ seq: length, hash: at(entries, 3).hash }, { seq: 700, hash: at(entries, 700).hash }, null])
      expect((await verifyAudit(chainOf(entries, head))).broken).toMatchObject({ kind: 'head_disagrees' });
  });
});

describe('an anchor', () => {
  it('finds a tail that was deleted together with the head', async () => {
    const entries = whole();
    const cut = chainOf(entries.slice(0, 700));
    expect((await verifyAudit(cut)).broken).toBeNull();
    expect((await verifyAudit(cut, [at(entries, 701)])).broken).toEqual({ kind: 'truncated', seq: 701 });
  });

  it('finds a chain that was forged anew from an entry on, and is content with the true one', async () => {
    const entries = whole();
    const forged = [
      ...entries.slice(0, 699),
      ...linked(
        Array.from({ length: 504 }, () => body(9)),
        at(entries, 699),
      ),
    ];
    expect((await verifyAudit(chainOf(forged))).broken).toBeNull();
    const anchors = [at(entries, 699), at(entries, 900)];
    expect((await verifyAudit(chainOf(forged), anchors)).broken).toEqual({ kind: 'anchor_disagrees', seq: 900 });
    expect((await verifyAudit(chainOf(entries), anchors)).broken).toBeNull();
  });
});
