import type { CandidateProfile } from '../../contract/candidate.ts';
import type { Finding } from '../../contract/finding.ts';
import { findInjections } from './find-injections.ts';
import { rewriteFreeTexts } from './free-texts.ts';

/** What was found in a field of a profile, such as `summary` or `experience[0].description`. */
export interface ProfileFinding extends Finding {
  readonly field: string;
}

/** What is there in the free texts of a profile to move a machine, field by field. */
export function findInProfile(profile: CandidateProfile): ProfileFinding[] {
  const found: ProfileFinding[] = [];
  rewriteFreeTexts(profile, (text, field) => {
    for (const finding of findInjections(text)) found.push({ field, ...finding });
    return text;
  });
  return found;
}
