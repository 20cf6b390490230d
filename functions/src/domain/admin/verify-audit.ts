import { type AuditEntry, type AuditHead, auditGenesis, auditHash } from '../../contract/audit.ts';

/** A chain as its store gives it out. */
export interface ReadableChain {
  /** The last link as the store remembers it; null for none. */
  head(): Promise<AuditHead | null>;
  /** So many entries after `seq`, in order. */
  after(seq: number, limit: number): Promise<readonly AuditEntry[]>;
}

/**
 * What is wrong at `seq`, where the chain first breaks:
 * - `gap`: entries from `seq` on are not there, though later ones are;
 * - `edited`: the entry does not give its own hash;
 * - `wrong_link`: the entry does not follow the one before it;
 * - `truncated`: the chain ends before the head or an anchor says it does;
 * - `head_disagrees`: the head names another entry than the one that is there, or none where there are some;
 * - `anchor_disagrees`: the entry is not the one that was noted when it was made.
 */
export interface AuditBreak {
  readonly kind: 'gap' | 'edited' | 'wrong_link' | 'truncated' | 'head_disagrees' | 'anchor_disagrees';
  readonly seq: number;
}

export interface ChainVerdict {
  /** Entries that were found whole. */
  readonly entries: number;
  /** The last of them. */
  readonly last: AuditHead;
  readonly broken: AuditBreak | null;
}

const pageSize = 500;

/**
 * Walks a chain from its first entry, page by page, to its head and says where it breaks first. Entries that are made
 * meanwhile are walked too. `anchors` are entries as they were noted outside, in log lines.
 */
export async function verifyAudit(
  chain: ReadableChain,
  anchors: readonly AuditHead[] = [],
  onProgress: (entries: number) => void = () => {},
): Promise<ChainVerdict> {
  let last = auditGenesis;
  const ended = (broken: AuditBreak | null): ChainVerdict => ({ entries: last.seq, last, broken });
  for (;;) {
    // Before the page: whatever is made between the two lies beyond this head, and is met in a later round.
    const head = (await chain.head()) ?? auditGenesis;
    const page = await chain.after(last.seq, pageSize);
    for (const entry of page) {
      const broken = breakAt(entry, last, anchors);
      if (broken) return ended(broken);
      last = { seq: entry.seq, hash: entry.hash };
      if (entry.seq === head.seq && entry.hash !== head.hash) return ended({ kind: 'head_disagrees', seq: entry.seq });
    }
    onProgress(last.seq);
    if (page.length > 0) continue;
    if (head.seq > last.seq) return ended({ kind: 'truncated', seq: last.seq + 1 });
    if (head.seq < last.seq || head.hash !== last.hash) return ended({ kind: 'head_disagrees', seq: last.seq });
    const cut = anchors.some(({ seq }) => seq > last.seq);
    return ended(cut ? { kind: 'truncated', seq: last.seq + 1 } : null);
  }
}

function breakAt(entry: AuditEntry, last: AuditHead, anchors: readonly AuditHead[]): AuditBreak | null {
  const { seq, hash } = entry;
  if (seq !== last.seq + 1) return { kind: 'gap', seq: last.seq + 1 };
  if (auditHash(entry) !== hash) return { kind: 'edited', seq };
  if (entry.previousHash !== last.hash) return { kind: 'wrong_link', seq };
  if (anchors.some((anchor) => anchor.seq === seq && anchor.hash !== hash)) return { kind: 'anchor_disagrees', seq };
  return null;
}
