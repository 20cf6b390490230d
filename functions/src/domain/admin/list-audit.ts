import type { AuditBody, AuditChain, AuditEntry } from '../../contract/audit.ts';
import type { AuditPosition, AuditTrail } from '../../stores/audit-trail.ts';

export interface AuditFilters {
  /** Milliseconds since 1970, both included. */
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly outcome?: AuditBody['outcome'] | undefined;
}

/** Where each chain goes on: before this entry, or from its newest. */
export type AuditPlaces = Readonly<Record<AuditChain, AuditPosition | undefined>>;

export interface AuditItem extends AuditBody {
  readonly chain: AuditChain;
  readonly seq: number;
  readonly at: string;
  readonly hash: string;
}

// What filters pass over costs reads as well: a page that finds little ends here and says where to go on.
const mostLookedAt = 2_000;
const pageSize = 200;

/** Both chains by time, the newest first; `next` is null at the end. A page can hold fewer than `limit`, even none, before it. */
export async function listAudit(
  trail: AuditTrail,
  filters: AuditFilters,
  limit: number,
  from: AuditPlaces,
): Promise<{ items: AuditItem[]; next: AuditPlaces | null }> {
  const records = reader(trail, 'records', filters, from.records);
  const administration = reader(trail, 'administration', filters, from.administration);
  const items: AuditItem[] = [];
  const places = () => ({ records: records.place(), administration: administration.place() });
  for (let lookedAt = 0; ; lookedAt++) {
    const [one, other] = [await records.peek(), await administration.peek()];
    if (!one && !other) return { items, next: null };
    if (items.length === limit || lookedAt === mostLookedAt) return { items, next: places() };
    const isOne = one !== undefined && (other === undefined || one.atMs >= other.atMs);
    const entry = (isOne ? records : administration).take();
    const item = {
      ...(JSON.parse(entry.body) as AuditBody),
      ...outsideOf(entry, isOne ? 'records' : 'administration'),
    };
    if (passes(item, filters)) items.push(item);
  }
}

const outsideOf = ({ seq, atMs, hash }: AuditEntry, chain: AuditChain) => ({
  chain,
  seq,
  at: new Date(atMs).toISOString(),
  hash,
});

const passes = (item: AuditItem, { actor, action, outcome }: AuditFilters) =>
  (actor === undefined || item.actor === actor) &&
  (action === undefined || item.action === action) &&
  (outcome === undefined || item.outcome === outcome);

/** One chain, entry by entry, read a page ahead. */
function reader(
  trail: AuditTrail,
  chain: AuditChain,
  { fromMs, toMs }: AuditFilters,
  begin: AuditPosition | undefined,
) {
  let place = begin;
  let page: AuditEntry[] = [];
  let isLast = false;
  return {
    place: () => place,
    async peek(): Promise<AuditEntry | undefined> {
      if (page.length === 0 && !isLast) {
        page = (await trail.before(chain, place, { fromMs, toMs }, pageSize)).toReversed();
        isLast = page.length < pageSize;
      }
      return page.at(-1);
    },
    take(): AuditEntry {
      const entry = page.pop();
      if (!entry) throw new Error('nothing was peeked at');
      place = { atMs: entry.atMs, seq: entry.seq };
      return entry;
    },
  };
}
