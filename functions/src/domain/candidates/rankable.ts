import type { CandidateProfile } from '../../contract/candidate.ts';
import { longestList } from '../injection/find-stuffing.ts';
import { rewriteFreeTexts } from '../injection/free-texts.ts';
import { promptable } from '../injection/promptable.ts';
import { promptableProfile } from '../injection/promptable-profile.ts';
import type { Recognizer } from '../text/recognizer.ts';
import { skillKey } from './keys.ts';

export interface Rankable {
  readonly profile: CandidateProfile;
  readonly documents: readonly string[];
}

/** Without the room that a blanked part took: what is cut to a length must not depend on it. */
const closedUp = (text: string): string => text.replace(/\n *\n\s*/g, '\n').trim();

/**
 * What may be ranked of a person: the texts as `promptable` leaves them, and of more than 120 skills claimed those
 * that any of the texts mentions.
 */
export function rankable(recognizer: Recognizer, given: CandidateProfile, documentTexts: readonly string[]): Rankable {
  const documents = documentTexts.map((text) => closedUp(promptable(text)));
  const profile = rewriteFreeTexts(promptableProfile(given), closedUp);
  const skills = profile.skills.filter(({ name }) => name !== '');
  if (skills.length <= longestList) return { profile: { ...profile, skills }, documents };
  const told = [
    profile.title,
    profile.headline,
    profile.summary,
    ...profile.experience.flatMap(({ title, description }) => [title, description]),
    ...profile.certifications,
    ...documents,
  ].join('\n');
  const mentioned = new Set(recognizer.skills(told).map(({ value }) => value.id));
  return {
    profile: { ...profile, skills: skills.filter(({ name }) => mentioned.has(skillKey(recognizer, name))) },
    documents,
  };
}
