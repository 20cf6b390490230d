import type { AuditChain, AuditEntry } from '../../../src/contract/audit.ts';
import { type AuditFilters, type AuditPlaces, listAudit } from '../../../src/domain/admin/list-audit.ts';
import type { AuditTrail } from '../../../src/stores/audit-trail.ts';

const newest: AuditPlaces = { records: undefined, administration: undefined };

/** A chain whose entry `seq` was made at `atMs(seq)` and whose every hundredth is rare. */
const entries = (length: number, atMs: (seq: number) => number): AuditEntry[] =>
  Array.from({ length }, (_, i) => {
    const action = (i + 1) % 100 === 0 ? 'rare.done' : 'common.done';
    const body = JSON.stringify({ action, actor: 'u-1', outcome: 'allowed', subjects: [] });
    return { seq: i + 1, atMs: atMs(i + 1), body, previousHash: '', hash: '' };
  });

/** Both chains in memory, as the stores give them out, and how many entries were read of them. */
function trailOf(chains: Record<AuditChain, AuditEntry[]>): AuditTrail & { read: () => number } {
  let read = 0;
  return {
    read: () => read,
    async before(chain, position, { fromMs = 0, toMs = Number.MAX_SAFE_INTEGER }, limit) {
      const at = position ?? { atMs: toMs, seq: Number.MAX_SAFE_INTEGER };
      const page = chains[chain]
        .filter(({ atMs, seq }) => atMs >= fromMs && (atMs < at.atMs || (atMs === at.atMs && seq < at.seq)))
        .toSorted((a, b) => b.atMs - a.atMs || b.seq - a.seq)
        .slice(0, limit);
      read += page.length;
      return page;
    },
  };
}

async function everything(trail: AuditTrail, filters: AuditFilters, limit: number) {
  const pages: string[][] = [];
  for (let from: AuditPlaces | null = newest; from; ) {
    const { items, next } = await listAudit(trail, filters, limit, from);
    pages.push(items.map(({ chain, seq }) => `${chain} ${seq}`));
    from = next;
  }
  return pages;
}

describe('both chains by time', () => {
  it('come interleaved, each entry once, also where many were made in the same millisecond', async () => {
    const trail = trailOf({
      records: entries(450, (seq) => Math.floor(seq / 50)),
      administration: entries(230, (seq) => Math.floor(seq / 20)),
    });
    const pages = await everything(trail, {}, 7);
    expect(pages.slice(0, -1).every((page) => page.length === 7)).toBe(true);
    const told = pages.flat();
    expect(told).toHaveLength(680);
    expect(new Set(told).size).toBe(680);
    expect(told[0]).toBe('administration 230');
    expect(told.at(-1)).toBe('administration 1');
  });

  it('end with a null place when the last page is exactly full', async () => {
    const trail = trailOf({ records: entries(4, (seq) => seq), administration: [] });
    expect(await everything(trail, {}, 4)).toHaveLength(1);
  });
});

describe('a filter that finds little', () => {
  it('looks at 2,000 entries in one call, then says where to go on, and misses nothing', async () => {
    const trail = trailOf({ records: entries(5_000, (seq) => seq), administration: entries(50, (seq) => seq) });
    const first = await listAudit(trail, { action: 'rare.done' }, 50, newest);
    expect(first.items.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, i) => 5_000 - i * 100));
    expect(first.next?.records).toEqual({ atMs: 3_001, seq: 3_001 });
    expect(trail.read()).toBeLessThanOrEqual(2_000 + 2 * 200);
    expect((await everything(trail, { action: 'rare.done' }, 50)).flat()).toHaveLength(50);
    expect((await everything(trail, { action: 'never.done' }, 50)).map((page) => page.length)).toEqual([0, 0, 0]);
  });
});
