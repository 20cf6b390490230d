import { nameKey } from '../text/tokens.ts';

/** Where a title was found, for titles of people's own careers. */
export const resumeSource = 'resume';

/**
 * How far a source's titles are trusted to be in use as they stand there, 0..1, as the earlier system judged them; ours are
 * careers, which people write as recruiters do. No data say so: change a number here, and the next proposal tells it.
 */
export const sourceTrust: Readonly<Record<string, number>> = {
  linkedin: 1,
  manual: 0.95,
  vagas: 0.9,
  recruiter: 0.9,
  [resumeSource]: 0.9,
  infojobs: 0.85,
  catho: 0.85,
  indeed: 0.8,
};
const otherTrust = 0.6;

/** By the first word of the source's name that is known: `LinkedIn 2024` is LinkedIn. */
export function trustOf(source: string): number {
  const known = nameKey(source)
    .split(' ')
    .find((word) => Object.hasOwn(sourceTrust, word));
  return known === undefined ? otherTrust : (sourceTrust[known] ?? otherTrust);
}
