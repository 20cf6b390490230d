import { z } from 'zod';
import { CandidateProfile } from '../../contract/candidate.ts';
import { endpoint } from '../../contract/endpoint.ts';
import { CandidateId } from '../../contract/ids.ts';
import { newCandidateId } from '../../domain/candidates/new-id.ts';
import { repeatOnConflict } from '../../domain/candidates/repeat-on-conflict.ts';
import { writeCandidates } from '../../domain/candidates/write.ts';

export const upsert = endpoint({
  id: 'candidates.upsert',
  summary: 'Add a candidate, or replace the profile of one.',
  route: 'POST /v1/candidates',
  scope: 'candidates:write',
  needs: ['candidates', 'embedder', 'lexicon'],
  input: z.strictObject({
    candidateId: CandidateId.optional().meta({
      description: 'Left out, an id is made: from the e-mail if there is one.',
    }),
    profile: CandidateProfile,
  }),
  output: z.strictObject({
    candidateId: CandidateId,
    outcome: z.enum(['created', 'updated', 'unchanged']),
    revision: z.int().min(1),
    updatedAt: z.string(),
  }),
  errors: ['candidate.conflict', 'embedder.unavailable'],
  cache: 'never',
  emits: ['candidate.changed'],
  effect: 'writes',
  limits: { timeoutSeconds: 15, callsPerSecond: 50 },
  run: { memory: '512MiB', minInstances: 0, concurrency: 40 },
  slo: { p95Ms: 400 },
  example: {
    input: {
      candidateId: 'example-1' as CandidateId,
      profile: {
        fullName: 'Marina Exemplo',
        title: 'Desenvolvedora Backend Sênior',
        location: { city: 'Recife', region: 'PE', country: 'BR' },
        skills: [{ name: 'Java' }, { name: 'Kafka' }],
        languages: [{ code: 'pt', level: 'native' }],
        experience: [
          {
            title: 'Desenvolvedora Backend',
            start: '2020-02',
            current: true,
            description: 'Serviços em Java com Kafka e PostgreSQL.',
          },
        ],
      },
    },
    output: {
      candidateId: 'example-1' as CandidateId,
      outcome: 'created',
      revision: 1,
      updatedAt: '2026-01-01T12:00:00+00:00',
    },
  },
  handler: async ({ ctx, input }) => {
    const candidateId = input.candidateId ?? newCandidateId(input.profile);
    const [written] = await repeatOnConflict(() => writeCandidates(ctx, [{ candidateId, profile: input.profile }]));
    if (!written) throw new Error('nothing was written');
    return written;
  },
});
