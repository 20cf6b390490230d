import { createHash } from 'node:crypto';
import type { Attribution } from '../context.ts';
import { canonicalJson } from './canonical-json.ts';
import type { ErrorCode } from './errors.ts';

/** A tenant has two chains, each in the store of the changes it tells of: `records` in Postgres, `administration` in Firestore. */
export const auditChains = ['records', 'administration'] as const;
export type AuditChain = (typeof auditChains)[number];

/** What was done. Ids, counts and states only: nothing here may tell who a person is. */
export interface Deed {
  /** An event in the past tense, such as `member.roles_changed`. */
  readonly action: string;
  /** Ids of what it was done to; in the entry the first 50 of them. */
  readonly subjects: readonly string[];
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

/** A deed, and whether it came to be. */
export type Verdict = Deed &
  ({ readonly outcome: 'allowed' } | { readonly outcome: 'refused'; readonly code: ErrorCode });

/** One link of a chain; `body` is canonical JSON of an `AuditBody`. */
export interface AuditEntry {
  /** From 1, without a gap. */
  readonly seq: number;
  readonly atMs: number;
  readonly body: string;
  readonly previousHash: string;
  readonly hash: string;
}

/** The last link of a chain, as its store remembers it. */
export type AuditHead = Pick<AuditEntry, 'seq' | 'hash'>;

/** Names an entry that was committed: what a log line keeps, so that a chain cut short together with its head shows. */
export interface RecordedEntry extends AuditHead {
  readonly chain: AuditChain;
}

/** The head of a chain without entries. */
export const auditGenesis: AuditHead = { seq: 0, hash: '0'.repeat(64) };

export interface AuditBody extends Omit<Attribution, 'onRecorded' | 'claim'> {
  readonly action: string;
  readonly subjects: readonly string[];
  /** How many subjects there were. */
  readonly subjectCount: number;
  /** sha256 of all ids, joined by line feeds, where there were more than `subjects` holds. */
  readonly subjectsHash?: string;
  readonly outcome: 'allowed' | 'refused';
  readonly code?: string;
  readonly details?: Readonly<Record<string, string | number | boolean>>;
}

const subjectsKept = 50;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** The body of an entry: the deed beside on whose behalf, by which call and from where. */
export function auditBody(attribution: Attribution, verdict: Verdict): string {
  const { actorKind, actor, by, requestId, address, keyId } = attribution;
  const { action, subjects, outcome, details } = verdict;
  const body: AuditBody = {
    actorKind,
    actor,
    by,
    requestId,
    address,
    ...(keyId !== undefined && { keyId }),
    action,
    subjects: subjects.slice(0, subjectsKept),
    subjectCount: subjects.length,
    ...(subjects.length > subjectsKept && { subjectsHash: sha256(subjects.join('\n')) }),
    outcome,
    ...(outcome === 'refused' && { code: verdict.code }),
    ...(details && { details }),
  };
  return canonicalJson(body);
}

/** What links an entry to the one before; headhunter.record_audit computes the same. */
export const auditHash = ({ previousHash, seq, atMs, body }: Omit<AuditEntry, 'hash'>): string =>
  sha256(`${previousHash}\n${seq}\n${atMs}\n${body}`);
