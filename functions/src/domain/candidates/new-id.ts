import { createHash, randomUUID } from 'node:crypto';
import type { CandidateProfile } from '../../contract/candidate.ts';
import { CandidateId } from '../../contract/ids.ts';

/** An id for someone who came without one: the same e-mail gives the same id, so that importing a file twice adds nobody twice. */
export function newCandidateId(profile: CandidateProfile): CandidateId {
  const { email } = profile;
  const name = email
    ? `c_${createHash('sha256').update(email.toLowerCase()).digest('hex').slice(0, 24)}`
    : `c_${randomUUID()}`;
  return CandidateId.parse(name);
}
