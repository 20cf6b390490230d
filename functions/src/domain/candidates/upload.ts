import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { CandidateProfile } from '../../contract/candidate.ts';
import { documentLimits } from '../../contract/document.ts';
import { Problem } from '../../contract/errors.ts';
import { CandidateId, DocumentId } from '../../contract/ids.ts';
import type { NewDocument } from '../../stores/documents.ts';
import { detectorVersion, findInjections } from '../injection/find-injections.ts';
import { recognizerOf } from '../text/recognizer.ts';
import { documentWarnings } from './document-warnings.ts';
import { draftProfile } from './draft-profile.ts';
import { repeatOnConflict } from './repeat-on-conflict.ts';
import { writeCandidates } from './write.ts';

export interface UploadInput {
  readonly fileName: string;
  readonly contentBase64: string;
  readonly candidateId?: CandidateId | undefined;
}

type UploadContext = Context<'candidates' | 'embedder' | 'lexicon' | 'documents'>;

/** Reads a resume, keeps its text, and files it with a candidate: the one named, or a new one drafted from it. */
export async function uploadDocument(ctx: UploadContext, input: UploadInput) {
  const bytes = decode(input.contentBase64);
  if (input.candidateId && !(await ctx.candidates.findById(input.candidateId)))
    throw new Problem('candidate.not_found');
  const read = await ctx.documents.read({ fileName: input.fileName, bytes });
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  // Without an id the file itself is the identity: uploading it twice adds nobody twice.
  const candidateId = input.candidateId ?? CandidateId.parse(`c_${sha256.slice(0, 24)}`);
  const documentId = DocumentId.parse(
    `d_${createHash('sha256').update(`${candidateId}/${sha256}`).digest('hex').slice(0, 24)}`,
  );
  const found = findInjections(read.text);
  const findings = { version: detectorVersion, found };
  const document = {
    documentId,
    candidateId,
    fileName: input.fileName,
    sha256,
    byteSize: bytes.length,
    read,
    findings,
  };
  const { outcome, profile } = await repeatOnConflict(() => file(ctx, document, input.candidateId !== undefined));
  return {
    candidateId,
    documentId,
    outcome,
    kind: read.kind,
    characters: read.text.length,
    pages: read.pages.length,
    warnings: [...read.warnings, ...documentWarnings(read.hidden, found)],
    hidden: read.hidden,
    findings: found,
    profile,
  };
}

async function file(ctx: UploadContext, document: NewDocument, mustExist: boolean) {
  const { candidateId, documentId, read } = document;
  const { candidates, documents } = await ctx.candidates.findWithDocuments([candidateId]);
  const known = candidates.get(candidateId);
  if (mustExist && !known) throw new Problem('candidate.not_found');
  const profile: CandidateProfile = known?.profile ?? draftProfile(recognizerOf(ctx.lexicon), read.text);
  const isKept = documents.get(candidateId)?.some((kept) => kept.documentId === documentId) ?? false;
  if (isKept) return { outcome: 'unchanged' as const, profile };
  const [written] = await writeCandidates(ctx, [{ candidateId, profile, revision: known?.revision ?? 0 }], document);
  return { outcome: written?.outcome ?? ('unchanged' as const), profile };
}

function decode(base64: string): Uint8Array {
  if (base64.length > Math.ceil(documentLimits.fileBytes / 3) * 4) {
    throw new Problem('document.too_large', [{ path: 'contentBase64', message: 'must hold at most 10 MB' }]);
  }
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) {
    throw new Problem('input.invalid', [{ path: 'contentBase64', message: 'must be standard base64 with padding' }]);
  }
  return Buffer.from(base64, 'base64');
}
