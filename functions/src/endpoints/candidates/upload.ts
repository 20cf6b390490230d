import { z } from 'zod';
import { CandidateProfile } from '../../contract/candidate.ts';
import { HiddenText } from '../../contract/document.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { Finding } from '../../contract/finding.ts';
import { CandidateId, DocumentId } from '../../contract/ids.ts';
import { text } from '../../contract/text.ts';
import { uploadDocument } from '../../domain/candidates/upload.ts';

export const upload = endpoint({
  id: 'candidates.upload',
  summary: 'File a resume (PDF, DOCX or text, up to 10 MB) with a candidate, or make a candidate of it.',
  route: 'POST /v1/candidates/upload',
  scope: 'candidates:write',
  needs: ['candidates', 'embedder', 'lexicon', 'documents'],
  input: z.strictObject({
    fileName: text(1, 255),
    contentBase64: z.base64().min(1).meta({ description: 'The file, base64; at most 10 MB before encoding.' }),
    candidateId: CandidateId.optional().meta({ description: 'Left out, a candidate is drafted from the text.' }),
  }),
  output: z.strictObject({
    candidateId: CandidateId,
    documentId: DocumentId,
    outcome: z.enum(['created', 'updated', 'unchanged']),
    kind: z.enum(['pdf', 'docx', 'txt']),
    characters: z.int(),
    pages: z.int(),
    warnings: z.array(z.string()),
    hidden: z.array(HiddenText).meta({ description: 'What the file holds and nobody sees; it counts for nothing.' }),
    findings: z
      .array(Finding)
      .meta({ description: 'Parts of the text that speak to a machine; they count for nothing.' }),
    profile: CandidateProfile,
  }),
  errors: [
    'candidate.not_found',
    'document.unsupported',
    'document.too_large',
    'document.encrypted',
    'document.unreadable',
    'document.empty',
    'document.busy',
    'candidate.conflict',
    'embedder.unavailable',
  ],
  cache: 'never',
  emits: ['candidate.changed'],
  effect: 'writes',
  limits: { timeoutSeconds: 40, callsPerSecond: 10 },
  run: { memory: '2GiB', minInstances: 0, concurrency: 4 },
  slo: { p95Ms: 5_000 },
  example: {
    input: {
      fileName: 'curriculo.txt',
      contentBase64: 'Sm9hbmEgRXhlbXBsbwpBbmFsaXN0YSBkZSBkYWRvcwpFeHBlcmllbmNpYSBjb20gU1FMIGUgUHl0aG9uLgo=',
    },
    output: {
      candidateId: 'c_0a1b2c3d' as CandidateId,
      documentId: 'd_0a1b2c3d' as DocumentId,
      outcome: 'created',
      kind: 'txt',
      characters: 63,
      pages: 1,
      warnings: [],
      hidden: [],
      findings: [],
      profile: { fullName: 'Joana Exemplo', title: 'Analista de dados', skills: [{ name: 'SQL' }, { name: 'Python' }] },
    },
  },
  handler: ({ ctx, input }) => uploadDocument(ctx, input),
});
