import type { CandidateProfile } from '../contract/candidate.ts';
import type { CandidateRecord } from '../contract/candidate-record.ts';
import type { DocumentKind, DocumentPage, DocumentText } from '../contract/document.ts';
import { Problem } from '../contract/errors.ts';
import type { CandidateId, DocumentId } from '../contract/ids.ts';
import type { TenantDatabase, TenantSession } from '../platform/postgres.ts';
import { modelIdOf } from './embedding-models.ts';
import { halfvec, sparsevec } from './vectors.ts';

export interface StoredCandidate {
  readonly candidateId: CandidateId;
  readonly profile: CandidateProfile;
  readonly contentHash: string;
  readonly revision: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface StoredDocument {
  readonly documentId: DocumentId;
  readonly fileName: string;
  readonly kind: DocumentKind;
  readonly text: string;
  readonly pages: readonly DocumentPage[];
  readonly createdAt: string;
}

export interface NewDocument {
  readonly documentId: DocumentId;
  readonly candidateId: CandidateId;
  readonly fileName: string;
  readonly sha256: string;
  readonly byteSize: number;
  readonly read: DocumentText;
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
  /** Writes all or none, each with its words, vector and, for the one it belongs to, document. Outcomes in the order given. */
  write(records: readonly CandidateRecord[], now: Date, document?: NewDocument): Promise<Written[]>;
  findById(id: CandidateId): Promise<StoredCandidate | null>;
  findByIds(ids: readonly CandidateId[]): Promise<Map<CandidateId, StoredCandidate>>;
  documentsOf(ids: readonly CandidateId[]): Promise<Map<CandidateId, StoredDocument[]>>;
  /** Newest change first, then by id. */
  list(limit: number, after?: ListPosition): Promise<StoredCandidate[]>;
  /** Deletes the candidate and all that was derived from it. @throws Problem `candidate.not_found` */
  remove(id: CandidateId): Promise<void>;
}

const columns = `candidate_id as "candidateId", profile, content_hash as "contentHash", revision::int as revision,
  to_json(created_at) #>> '{}' as "createdAt", to_json(updated_at) #>> '{}' as "updatedAt"`;

export function candidatesOf(database: TenantDatabase): Candidates {
  const read = async (where: string, values: readonly unknown[]) =>
    database.transaction(
      async (s) =>
        (
          await s.query<StoredCandidate>(
            `select ${columns} from headhunter.candidates where tenant_id = ${s.tenant} ${where}`,
            values,
          )
        ).rows,
    );
  const findByIds = async (ids: readonly CandidateId[]) => {
    if (ids.length === 0) return new Map<CandidateId, StoredCandidate>();
    const rows = await read('and candidate_id = any($1)', [ids]);
    return new Map(rows.map((row) => [row.candidateId, row]));
  };
  return {
    write: (records, now, document) =>
      database.transaction(async (s) => {
        const written = await writeProfiles(s, records, now);
        if (document) await writeDocument(s, document, now);
        const changed = records.filter((_, i) => written[i]?.outcome !== 'unchanged');
        await writeSearchDocuments(s, changed);
        // Also of those that did not change: the model may be another than last time.
        await writeEmbeddings(s, records, now);
        return written;
      }),
    findByIds,
    findById: async (id) => (await findByIds([id])).get(id) ?? null,
    documentsOf: (ids) => database.transaction((s) => readDocuments(s, ids)),
    list: (limit, after) =>
      after
        ? read(
            'and (updated_at, candidate_id) < ($2::timestamptz, $3) order by updated_at desc, candidate_id desc limit $1',
            [limit, after.updatedAt, after.candidateId],
          )
        : read('order by updated_at desc, candidate_id desc limit $1', [limit]),
    async remove(id) {
      const gone = await database.transaction((s) =>
        s.query(`delete from headhunter.candidates where tenant_id = ${s.tenant} and candidate_id = $1`, [id]),
      );
      if (gone.rowCount === 0) throw new Problem('candidate.not_found');
    },
  };
}

async function writeProfiles(s: TenantSession, records: readonly CandidateRecord[], now: Date): Promise<Written[]> {
  const ids = records.map((r) => r.candidateId);
  const state = `candidate_id as id, revision::int as revision, to_json(updated_at) #>> '{}' as "updatedAt"`;
  const { rows: before } = await s.query<RowState>(
    `select ${state} from headhunter.candidates where tenant_id = ${s.tenant} and candidate_id = any($1)`,
    [ids],
  );
  const { rows: after } = await s.query<RowState>(
    `insert into headhunter.candidates as c (tenant_id, candidate_id, profile, content_hash, created_at, updated_at)
     select ${s.tenant}, id, profile, hash, $4, $4 from unnest($1::text[], $2::jsonb[], $3::text[]) as r (id, profile, hash) order by id
     on conflict (tenant_id, candidate_id) do update set profile = excluded.profile, content_hash = excluded.content_hash,
       revision = c.revision + 1, updated_at = excluded.updated_at
     where c.content_hash <> excluded.content_hash
     returning ${state}`,
    [ids, records.map((r) => JSON.stringify(r.profile)), records.map((r) => r.contentHash), now],
  );
  const existed = new Map(before.map((row) => [row.id, row]));
  const changed = new Map(after.map((row) => [row.id, row]));
  return records.map(({ candidateId }) => {
    // Neither there before nor written now: another writer put the very same content in between.
    const row = changed.get(candidateId) ?? existed.get(candidateId) ?? { revision: 1, updatedAt: now.toISOString() };
    const outcome = !changed.has(candidateId) ? 'unchanged' : existed.has(candidateId) ? 'updated' : 'created';
    return { candidateId, outcome, revision: row.revision, updatedAt: row.updatedAt };
  });
}

interface RowState {
  readonly id: string;
  readonly revision: number;
  readonly updatedAt: string;
}

async function writeDocument(s: TenantSession, document: NewDocument, now: Date): Promise<void> {
  await s.query(
    `insert into headhunter.documents (tenant_id, document_id, candidate_id, file_name, kind, content, pages, warnings, sha256, byte_size, created_at)
     values (${s.tenant}, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      document.documentId,
      document.candidateId,
      document.fileName,
      document.read.kind,
      document.read.text,
      JSON.stringify(document.read.pages),
      document.read.warnings,
      document.sha256,
      document.byteSize,
      now,
    ],
  );
}

async function readDocuments(
  s: TenantSession,
  ids: readonly CandidateId[],
): Promise<Map<CandidateId, StoredDocument[]>> {
  const { rows } = await s.query<StoredDocument & { candidateId: CandidateId }>(
    `select candidate_id as "candidateId", document_id as "documentId", file_name as "fileName", kind, content as text, pages,
       to_json(created_at) #>> '{}' as "createdAt"
     from headhunter.documents where tenant_id = ${s.tenant} and candidate_id = any($1) order by created_at, document_id`,
    [ids],
  );
  return Map.groupBy(rows, (row) => row.candidateId) as Map<CandidateId, StoredDocument[]>;
}

async function writeSearchDocuments(s: TenantSession, records: readonly CandidateRecord[]): Promise<void> {
  if (records.length === 0) return;
  const rows = records.map(({ candidateId, profile, facts, columns, terms }) => ({
    candidate_id: candidateId,
    facts,
    skill_keys: columns.skillKeys,
    place_keys: columns.placeKeys,
    industry_keys: columns.industryKeys,
    language_keys: columns.languageKeys,
    country: columns.country,
    seniority_rank: columns.seniorityRank,
    years_experience: columns.yearsExperience,
    metadata: profile.metadata,
    terms: terms.terms,
    weights: sparsevec(terms),
  }));
  await s.query(`delete from headhunter.search_documents where tenant_id = ${s.tenant} and candidate_id = any($1)`, [
    records.map((r) => r.candidateId),
  ]);
  await s.query(
    `insert into headhunter.search_documents (tenant_id, candidate_id, facts, skill_keys, place_keys, industry_keys, language_keys,
       country, seniority_rank, years_experience, metadata, terms, weights)
     select ${s.tenant}, r.* from jsonb_to_recordset($1::jsonb) as r (candidate_id text, facts jsonb, skill_keys text[],
       place_keys text[], industry_keys text[], language_keys text[], country text, seniority_rank smallint,
       years_experience real, metadata jsonb, terms int[], weights sparsevec)`,
    [JSON.stringify(rows)],
  );
}

async function writeEmbeddings(s: TenantSession, records: readonly CandidateRecord[], now: Date): Promise<void> {
  for (const [label, group] of Map.groupBy(records, (r) => r.embedding.label)) {
    const model = await modelIdOf(s, label);
    await s.query(
      `insert into headhunter.embeddings as e (tenant_id, candidate_id, model_id, dimensions, chunk_type, embedding, content_hash, created_at, updated_at)
       select ${s.tenant}, id, $1, $2, 'profile', vector::halfvec, hash, $3, $3
       from unnest($4::text[], $5::text[], $6::text[]) as r (id, vector, hash) order by id
       on conflict (tenant_id, model_id, candidate_id, chunk_type) do update set
         embedding = excluded.embedding, content_hash = excluded.content_hash, updated_at = excluded.updated_at
       where e.content_hash <> excluded.content_hash`,
      [
        model,
        label.dimensions,
        now,
        group.map((r) => r.candidateId),
        group.map((r) => halfvec(r.embedding.vector)),
        group.map((r) => r.contentHash),
      ],
    );
  }
}
