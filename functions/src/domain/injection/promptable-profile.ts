import type { CandidateProfile } from '../../contract/candidate.ts';
import { rewriteFreeTexts } from './free-texts.ts';
import { promptable } from './promptable.ts';

/** A profile as it may be put before a model: every free text is as `promptable` leaves it. */
export const promptableProfile = (profile: CandidateProfile): CandidateProfile =>
  rewriteFreeTexts(profile, (text) => promptable(text));
