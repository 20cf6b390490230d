import type { AuditChain, AuditEntry } from '../contract/audit.ts';
import { openFirestore } from '../platform/firestore.ts';
import type { TenantDatabase } from '../platform/tenant-database.ts';
import { auditEntryId } from './ledger.ts';

/** An entry's place in the order of time. */
export interface AuditPosition {
  readonly atMs: number;
  readonly seq: number;
}

export interface AuditTrail {
  /** Entries of one chain made before `position`, within the time given (both ends included), the newest first. */
  before(
    chain: AuditChain,
    position: AuditPosition | undefined,
    within: { readonly fromMs?: number | undefined; readonly toMs?: number | undefined },
    limit: number,
  ): Promise<AuditEntry[]>;
}

// Behind every entry there can be.
const end = { atMs: Number.MAX_SAFE_INTEGER, seq: 999_999_999_999 };

type Read = (at: AuditPosition, fromMs: number, limit: number) => Promise<AuditEntry[]>;

export function auditTrailOf(database: TenantDatabase): AuditTrail {
  const chains: Readonly<Record<AuditChain, Read>> = {
    records: (at, fromMs, limit) => readRecords(database, at, fromMs, limit),
    administration: (at, fromMs, limit) => readAdministration(database, at, fromMs, limit),
  };
  return {
    before: (chain, position, { fromMs = 0, toMs = end.atMs }, limit) =>
      chains[chain](position ?? { ...end, atMs: toMs }, fromMs, limit),
  };
}

async function readRecords(
  database: TenantDatabase,
  { atMs, seq }: AuditPosition,
  fromMs: number,
  limit: number,
): Promise<AuditEntry[]> {
  type Row = Record<'seq' | 'atMs', string> & Omit<AuditEntry, 'seq' | 'atMs'>;
  const { rows } = await database.transaction((s) =>
    s.query<Row>(
      `select seq, at_ms as "atMs", body, previous_hash as "previousHash", hash from headhunter.audit_entries
       where tenant_id = ${s.tenant} and (at_ms, seq) < ($1, $2) and at_ms >= $3 order by at_ms desc, seq desc limit $4`,
      [atMs, seq, fromMs, limit],
    ),
  );
  return rows.map((row) => ({ ...row, seq: Number(row.seq), atMs: Number(row.atMs) }));
}

async function readAdministration(
  { tenant }: TenantDatabase,
  { atMs, seq }: AuditPosition,
  fromMs: number,
  limit: number,
): Promise<AuditEntry[]> {
  const { docs } = await (await openFirestore())
    .collection(`tenants/${tenant}/audit`)
    .where('atMs', '>=', fromMs)
    .orderBy('atMs', 'desc')
    // By id and not by `seq`, which would need an index of both.
    .orderBy('__name__', 'desc')
    .startAfter(atMs, auditEntryId(seq))
    .limit(limit)
    .get();
  return docs.map((doc) => doc.data() as AuditEntry);
}
