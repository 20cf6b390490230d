import { z } from 'zod';
import { CandidateProfile } from '../../contract/candidate.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { Problem } from '../../contract/errors.ts';
import { CandidateId, DocumentId } from '../../contract/ids.ts';

export const get = endpoint({
  id: 'candidates.get',
  summary: 'One candidate: profile and documents.',
  route: 'GET /v1/candidates/{candidateId}',
  scope: 'candidates:read',
  needs: ['candidates'],
  input: z.strictObject({
    candidateId: CandidateId,
    includeText: z.boolean().default(false).meta({ description: 'Also the text of each document.' }),
  }),
  output: z.strictObject({
    candidateId: CandidateId,
    profile: CandidateProfile,
    revision: z.int(),
    createdAt: z.string(),
    updatedAt: z.string(),
    documents: z.array(
      z.strictObject({
        documentId: DocumentId,
        fileName: z.string(),
        kind: z.enum(['pdf', 'docx', 'txt']),
        characters: z.int(),
        pages: z.array(z.strictObject({ number: z.int(), start: z.int(), end: z.int() })),
        createdAt: z.string(),
        text: z.string().optional(),
      }),
    ),
  }),
  errors: ['candidate.not_found'],
  cache: 'never',
  emits: [],
  effect: 'reads',
  limits: { timeoutSeconds: 10, callsPerSecond: 50 },
  run: { memory: '256MiB', minInstances: 0, concurrency: 80 },
  slo: { p95Ms: 150 },
  example: {
    input: { candidateId: 'example-1' as CandidateId },
    output: {
      candidateId: 'example-1' as CandidateId,
      profile: { fullName: 'Marina Exemplo', title: 'Desenvolvedora Backend Sênior', skills: [{ name: 'Java' }] },
      revision: 1,
      createdAt: '2026-01-01T12:00:00+00:00',
      updatedAt: '2026-01-01T12:00:00+00:00',
      documents: [],
    },
  },
  handler: async ({ ctx, input: { candidateId, includeText } }) => {
    const { candidates, documents } = await ctx.candidates.findWithDocuments([candidateId]);
    const candidate = candidates.get(candidateId);
    if (!candidate) throw new Problem('candidate.not_found');
    const { contentHash: _, ...known } = candidate;
    return {
      ...known,
      documents: (documents.get(candidateId) ?? []).map(({ documentId, fileName, kind, text, pages, createdAt }) => ({
        documentId,
        fileName,
        kind,
        characters: text.length,
        pages,
        createdAt,
        ...(includeText && { text }),
      })),
    };
  },
});
