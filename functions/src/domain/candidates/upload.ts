import { createHash } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { CandidateProfile } from '../../contract/candidate.ts';
import { documentLimits } from '../../contract/document.ts';
import { Problem } from '../../contract/errors.ts';
import { CandidateId, DocumentId } from '../../contract/ids.ts';
import { recognizerOf } from '../text/recognizer.ts';
import { draftProfile } from './draft-profile.ts';
import { writeCandidates } from './write.ts';

export interface UploadInput {
  readonly fileName: string;
  readonly contentBase64: string;
  readonly candidateId?: CandidateId | undefined;
}

/** Reads a resume, keeps its text, and files it with a candidate: the one named, or a new one drafted from it. */
export async function uploadDocument(
  ctx: Context<'candidates' | 'embedder' | 'lexicon' | 'documents'>,
  input: UploadInput,
) {
  const bytes = decode(input.contentBase64);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const known = input.candidateId ? await ctx.candidates.findById(input.candidateId) : null;
  if (input.candidateId && !known) throw new Problem('candidate.not_found');
  const read = await ctx.documents.read({ fileName: input.fileName, bytes });
  // Without an id the file itself is the identity: uploading it twice adds nobody twice.
  const candidateId = input.candidateId ?? CandidateId.parse(`c_${sha256.slice(0, 24)}`);
  const documentId = DocumentId.parse(
    `d_${createHash('sha256').update(`${candidateId}/${sha256}`).digest('hex').slice(0, 24)}`,
  );
  const before = known ?? (await ctx.candidates.findById(candidateId));
  const stored = (await ctx.candidates.documentsOf([candidateId])).get(candidateId) ?? [];
  const isKept = stored.some((document) => document.documentId === documentId);
  const profile: CandidateProfile = before?.profile ?? draftProfile(recognizerOf(ctx.lexicon), read.text);
  const document = { documentId, candidateId, fileName: input.fileName, sha256, byteSize: bytes.length, read };
  const [written] = await writeCandidates(ctx, [{ candidateId, profile }], isKept ? undefined : document);
  return {
    candidateId,
    documentId,
    outcome: isKept ? ('unchanged' as const) : (written?.outcome ?? ('unchanged' as const)),
    kind: read.kind,
    characters: read.text.length,
    pages: read.pages.length,
    warnings: read.warnings,
    profile,
  };
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
