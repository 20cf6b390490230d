import { z } from 'zod';
import { CandidateProfile } from '../../contract/candidate.ts';
import { HiddenText } from '../../contract/document.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { Problem } from '../../contract/errors.ts';
import { Finding } from '../../contract/finding.ts';
import { CandidateId, DocumentId } from '../../contract/ids.ts';
import { tellCandidate } from '../../domain/candidates/tell-candidate.ts';

export const get = endpoint({
  id: 'candidates.get',
  summary: 'One candidate: profile and documents.',
  route: 'GET /v1/candidates/{candidateId}',
  scope: 'candidates:read',
  needs: ['candidates'],
  input: z.strictObject({
    candidateId: CandidateId,
    includeText: z.boolean().default(false).meta({ description: 'Also the text of each document, and what it hides.' }),
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
        warnings: z.array(z.string()),
        hidden: z
          .array(HiddenText)
          .meta({ description: 'What the file holds and nobody sees; it counts for nothing.' }),
        findings: z
          .array(Finding)
          .meta({ description: 'Parts of the text that speak to a machine; they count for nothing.' }),
        text: z.string().optional(),
        hiddenText: z.string().optional().meta({ description: 'The first 4,000 characters of what the file hides.' }),
      }),
    ),
    findings: z
      .array(Finding.extend({ field: z.string() }))
      .meta({ description: 'Likewise of the profile: in which field, such as summary or experience[0].description.' }),
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
      findings: [],
    },
  },
  handler: async ({ ctx, input: { candidateId, includeText } }) => {
    const { candidates, documents } = await ctx.candidates.findWithDocuments([candidateId]);
    const candidate = candidates.get(candidateId);
    if (!candidate) throw new Problem('candidate.not_found');
    return tellCandidate(candidate, documents.get(candidateId) ?? [], includeText);
  },
});
