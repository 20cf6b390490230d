import type { DocumentKind, DocumentPage, DocumentText, HiddenText } from '../contract/document.ts';
import type { Finding } from '../contract/finding.ts';
import type { CandidateId, DocumentId } from '../contract/ids.ts';
import type { TenantSession } from '../platform/tenant-database.ts';

export interface StoredDocument {
  readonly documentId: DocumentId;
  readonly fileName: string;
  readonly kind: DocumentKind;
  readonly text: string;
  readonly pages: readonly DocumentPage[];
  readonly warnings: string[];
  readonly hidden: HiddenText[];
  readonly hiddenText: string;
  /** Null when no detector has looked at it. */
  readonly findings: KeptFindings | null;
  readonly createdAt: string;
}

/** What the detector of that version found in the text. */
export interface KeptFindings {
  readonly version: number;
  readonly found: readonly Finding[];
}

export interface NewDocument {
  readonly documentId: DocumentId;
  readonly candidateId: CandidateId;
  readonly fileName: string;
  readonly sha256: string;
  readonly byteSize: number;
  readonly read: DocumentText;
  readonly findings: KeptFindings;
}

/** Keeps a document with its candidate, who has to be there. */
export async function writeDocument(s: TenantSession, document: NewDocument, now: Date): Promise<void> {
  await s.query(
    `insert into headhunter.documents (tenant_id, document_id, candidate_id, file_name, kind, content, pages, warnings, hidden, hidden_text, findings, sha256,
       byte_size, created_at)
     values (${s.tenant}, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      document.documentId,
      document.candidateId,
      document.fileName,
      document.read.kind,
      document.read.text,
      JSON.stringify(document.read.pages),
      document.read.warnings,
      JSON.stringify(document.read.hidden),
      document.read.hiddenText,
      JSON.stringify(document.findings),
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
    `select candidate_id as "candidateId", document_id as "documentId", file_name as "fileName", kind, content as text, pages, warnings, hidden,
       hidden_text as "hiddenText", findings,
       to_json(created_at) #>> '{}' as "createdAt"
     from headhunter.documents where tenant_id = ${s.tenant} and candidate_id = any($1) order by created_at, document_id`,
    [ids],
  );
  return Map.groupBy(rows, (row) => row.candidateId) as Map<CandidateId, StoredDocument[]>;
}
