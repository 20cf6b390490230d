import { createHash } from 'node:crypto';
import type { CandidateProfile } from '../../contract/candidate.ts';
import { canonicalJson } from '../../contract/canonical-json.ts';
import { EnrichmentJobId } from '../../contract/enrichment-job.ts';
import type { CandidateId } from '../../contract/ids.ts';

/** sha256 of what there is to read of a person: equal means that reading them again would tell nothing new. */
export const contentHashOf = (profile: CandidateProfile, documents: readonly { readonly text: string }[]): string =>
  createHash('sha256')
    .update(canonicalJson([profile, documents.map(({ text }) => text)]))
    .digest('hex');

/** The one job of a tenant that reads this person as they are by this analyst. */
export function jobIdOf(candidateId: CandidateId, contentHash: string, analyst: string): EnrichmentJobId {
  const digest = createHash('sha256').update(`${candidateId}\n${contentHash}\n${analyst}`).digest('hex');
  return EnrichmentJobId.parse(`enr_${digest.slice(0, 24)}`);
}
