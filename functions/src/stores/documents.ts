import type { DocumentKind, DocumentPage, DocumentText } from '../contract/document.ts';
import type { CandidateId, DocumentId } from '../contract/ids.ts';
import type { TenantSession } from '../platform/tenant-database.ts';

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

/** Keeps a document with its candidate, who has to be there. */
export async function writeDocument(s: TenantSession, document: NewDocument, now: Date): Promise<void> {
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

/** The documents of each candidate, oldest first. */
export async function readDocuments(
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
