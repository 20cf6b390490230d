import type { EnrichmentJob, EnrichmentJobId } from '../../contract/enrichment-job.ts';
import type { CandidateId } from '../../contract/ids.ts';

const [contentHash, run] = ['9f2c1e', 1];

/** A job that went well at the first attempt. */
export const exampleJob: EnrichmentJob = {
  jobId: 'enr_5c0a1f9be2d34c7788aa0b1c' as EnrichmentJobId,
  candidateId: 'example-1' as CandidateId,
  contentHash,
  analyst: 'local/extractive/rules-1',
  state: 'completed',
  run,
  attempts: 1,
  createdAt: '2026-01-01T12:00:00.000Z',
  updatedAt: '2026-01-01T12:00:00.420Z',
  dueAt: null,
  error: null,
  history: [
    {
      run,
      attempt: 1,
      startedAt: '2026-01-01T12:00:00.310Z',
      endedAt: '2026-01-01T12:00:00.420Z',
      waitedMs: 310,
      phases: { readMs: 4.1, analyzeMs: 31.5, storeMs: 9.8 },
      outcome: 'completed',
      category: null,
    },
  ],
  result: {
    provider: 'local',
    model: 'extractive',
    promptVersion: 'rules-1',
    contentHash,
    claims: 34,
    unsupported: 0,
    analysisConfidence: 0.81,
    costMicros: 0,
  },
  requestId: 'd2f0c2f4-6f0e-4d0e-9a77-0d7a7d2b6f10',
};
