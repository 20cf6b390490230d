import type { Deed } from '../contract/audit.ts';
import type { CandidateProfile } from '../contract/candidate.ts';
import type { CandidateRecord } from '../contract/candidate-record.ts';
import { Problem } from '../contract/errors.ts';
import type { CandidateId } from '../contract/ids.ts';
import type { TenantDatabase, TenantSession } from '../platform/tenant-database.ts';
import { type NewDocument, readDocuments, type StoredDocument, writeDocument } from './documents.ts';
import { byModel, writeProfileVectors } from './profile-vectors.ts';
import { writeSearchDocuments } from './search-documents.ts';

export interface StoredCandidate {
  readonly candidateId: CandidateId;
  readonly profile: CandidateProfile;
  readonly contentHash: string;
  readonly revision: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export type WriteOutcome = 'created' | 'updated' | 'unchanged';
export interface Written {
  readonly candidateId: CandidateId;
  readonly outcome: WriteOutcome;
  readonly revision: number;
  readonly updatedAt: string;
}

/** Where a list goes on: the last row's `updatedAt` and id. */
export interface ListPosition {
  readonly updatedAt: string;
  readonly candidateId: string;
}

export interface Candidates {
  /**
   * Writes all or none, each with its words, vector and, for the one it belongs to, document. Outcomes in the order given.
   * @throws Problem `candidate.conflict` when what a record was derived from has changed meanwhile
   */
  write(records: readonly CandidateRecord[], now: Date, document?: NewDocument): Promise<Written[]>;
  findById(id: CandidateId): Promise<StoredCandidate | null>;
  /** Those that are there, with their documents, as of one moment. */
  findWithDocuments(ids: readonly CandidateId[]): Promise<{
    candidates: Map<CandidateId, StoredCandidate>;
    documents: Map<CandidateId, StoredDocument[]>;
  }>;
  /** Newest change first, then by id. */
  list(limit: number, after?: ListPosition): Promise<StoredCandidate[]>;
  /** Deletes the candidate and all that was derived from it. @throws Problem `candidate.not_found` */
  remove(id: CandidateId): Promise<void>;
}

const columns = `candidate_id as "candidateId", profile, content_hash as "contentHash", revision::int as revision,
  to_json(created_at) #>> '{}' as "createdAt", to_json(updated_at) #>> '{}' as "updatedAt"`;

export function candidatesOf(database: TenantDatabase): Candidates {
  const findByIds = async (ids: readonly CandidateId[]) => database.transaction((s) => readCandidates(s, ids));
  return {
    write: async (records, now, document) => {
      const models = await byModel(database, records);
      return database.change(async (s) => {
        const before = await lockAndCompare(s, records);
        const written = await writeProfiles(s, records, before, now);
        if (document) await writeDocument(s, document, now);
        const changed = records.filter((_, i) => written[i]?.outcome !== 'unchanged');
        await writeSearchDocuments(s, changed);
        // Also of those that did not change: the model may be another than last time.
        const embedded: CandidateId[] = [];
        for (const one of models) embedded.push(...(await writeProfileVectors(s, one, now)));
        return { result: written, entry: deedOf(written, embedded, document) };
      });
    },
    findById: async (id) => (await findByIds([id])).get(id) ?? null,
    findWithDocuments: (ids) =>
      database.transaction(async (s) => ({
        candidates: await readCandidates(s, ids),
        documents: await readDocuments(s, ids),
      })),
    list: (limit, after) =>
      database.transaction(async (s) => {
        const from = `select ${columns} from headhunter.candidates where tenant_id = ${s.tenant}`;
        const order = 'order by updated_at desc, candidate_id desc limit $1';
        const { rows } = after
          ? await s.query<StoredCandidate>(`${from} and (updated_at, candidate_id) < ($2::timestamptz, $3) ${order}`, [
              limit,
              after.updatedAt,
              after.candidateId,
            ])
          : await s.query<StoredCandidate>(`${from} ${order}`, [limit]);
        return rows;
      }),
    async remove(id) {
      await database.change(async (s) => {
        const gone = await s.query(
          `delete from headhunter.candidates where tenant_id = ${s.tenant} and candidate_id = $1`,
          [id],
        );
        if (gone.rowCount === 0) throw new Problem('candidate.not_found');
        return { result: undefined, entry: { action: 'candidate.removed', subjects: [id] } };
      });
    },
  };
}

/** What one write did, however many people it was; null when everything was so already. */
function deedOf(written: readonly Written[], embedded: readonly CandidateId[], document?: NewDocument): Deed | null {
  const ofOutcome = (outcome: WriteOutcome) => written.filter((one) => one.outcome === outcome);
  const [created, updated] = [ofOutcome('created'), ofOutcome('updated')];
  const subjects = new Set([...created, ...updated].map(({ candidateId }) => candidateId)).union(new Set(embedded));
  const counts = { created: created.length, updated: updated.length, embedded: embedded.length };
  if (document) {
    const { candidateId, documentId } = document;
    return { action: 'document.filed', subjects: [candidateId], details: { ...counts, documentId } };
  }
  return subjects.size > 0 ? { action: 'candidate.changed', subjects: [...subjects], details: counts } : null;
}

async function readCandidates(
  s: TenantSession,
  ids: readonly CandidateId[],
): Promise<Map<CandidateId, StoredCandidate>> {
  const { rows } = await s.query<StoredCandidate>(
    `select ${columns} from headhunter.candidates where tenant_id = ${s.tenant} and candidate_id = any($1)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.candidateId, row]));
}

interface RowState {
  readonly id: string;
  readonly revision: number;
  readonly updatedAt: string;
}
const rowState = `candidate_id as id, revision::int as revision, to_json(updated_at) #>> '{}' as "updatedAt"`;

/** Locks what is there, in the order of ids, and refuses when it is not what the records were derived from. */
async function lockAndCompare(s: TenantSession, records: readonly CandidateRecord[]): Promise<Map<string, RowState>> {
  const ids = records.map((r) => r.candidateId);
  const { rows } = await s.query<RowState>(
    `select ${rowState} from headhunter.candidates where tenant_id = ${s.tenant} and candidate_id = any($1) order by candidate_id for update`,
    [ids],
  );
  const { rows: documents } = await s.query<{ id: string; documents: string[] }>(
    `select candidate_id as id, array_agg(document_id order by document_id) as documents from headhunter.documents
     where tenant_id = ${s.tenant} and candidate_id = any($1) group by candidate_id`,
    [ids],
  );
  const states = new Map(rows.map((row) => [row.id, row]));
  const kept = new Map(documents.map((row) => [row.id, row.documents.join()]));
  for (const { candidateId, basedOn } of records) {
    const revision = states.get(candidateId)?.revision ?? 0;
    const isStale = basedOn.revision !== undefined && basedOn.revision !== revision;
    if (isStale || basedOn.documents.toSorted().join() !== (kept.get(candidateId) ?? '')) {
      throw new Problem('candidate.conflict');
    }
  }
  return states;
}

async function writeProfiles(
  s: TenantSession,
  records: readonly CandidateRecord[],
  before: ReadonlyMap<string, RowState>,
  now: Date,
): Promise<Written[]> {
  const { rows } = await s.query<RowState>(
    `insert into headhunter.candidates as c (tenant_id, candidate_id, profile, content_hash, derivation, created_at, updated_at)
     select ${s.tenant}, id, profile, hash, derivation, $5, $5
     from unnest($1::text[], $2::jsonb[], $3::text[], $4::text[]) as r (id, profile, hash, derivation) order by id
     on conflict (tenant_id, candidate_id) do update set profile = excluded.profile, content_hash = excluded.content_hash,
       derivation = excluded.derivation, revision = c.revision + (c.content_hash <> excluded.content_hash)::int,
       updated_at = case when c.content_hash <> excluded.content_hash then excluded.updated_at else c.updated_at end
     where (c.content_hash, c.derivation) is distinct from (excluded.content_hash, excluded.derivation)
     returning ${rowState}`,
    [
      records.map((r) => r.candidateId),
      records.map((r) => JSON.stringify(r.profile)),
      records.map((r) => r.contentHash),
      records.map((r) => r.derivation),
      now,
    ],
  );
  const changed = new Map(rows.map((row) => [row.id, row]));
  return records.map(({ candidateId }) => {
    const known = before.get(candidateId);
    const row = changed.get(candidateId);
    // It was not there when we looked, and yet it was there when we wrote: somebody else made it in between.
    if (!known && row?.revision !== 1) throw new Problem('candidate.conflict');
    const { revision, updatedAt } = row ?? known ?? { revision: 1, updatedAt: now.toISOString() };
    const outcome = !known ? 'created' : revision > known.revision ? 'updated' : 'unchanged';
    return { candidateId, outcome, revision, updatedAt };
  });
}
