import type { CandidateProfile } from '../../functions/src/contract/candidate.ts';
import type { Lexicon } from '../../functions/src/contract/lexicon.ts';
import { person } from './person.ts';
import { wishes } from './wishes.ts';
import { Wording } from './wording.ts';

export interface DemoCandidate {
  readonly candidateId: string;
  readonly profile: CandidateProfile;
}

/** The people of a demo tenant, ids `acme-0001` onwards: first those that were wished for, then whoever is drawn. */
export function people(tenant: string, count: number, lexicon: Lexicon): DemoCandidate[] {
  const wording = new Wording(lexicon);
  // A smaller tenant takes every third wish, so that both have an answer to each question.
  const wished = count > 200 ? wishes : wishes.filter((_, at) => at % 3 === 0);
  return Array.from({ length: count }, (_, at) => {
    const candidateId = `${tenant}-${String(at + 1).padStart(4, '0')}`;
    return { candidateId, profile: person(candidateId, wished[at] ?? {}, wording) };
  });
}
