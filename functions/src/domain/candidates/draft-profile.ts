import { CandidateProfile } from '../../contract/candidate.ts';
import { promptable } from '../injection/promptable.ts';
import type { Recognizer } from '../text/recognizer.ts';

/**
 * A first profile of someone of whom there is only a resume: name from its first line, title from the first line that holds
 * an occupation, e-mail, and the skills it names, all from what is `promptable` of it. Everything else stays unknown; the
 * text itself is searched whole.
 */
export function draftProfile(recognizer: Recognizer, given: string): CandidateProfile {
  const text = promptable(given);
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const title = lines.slice(1, 15).find((line) => line.length <= 120 && recognizer.titles(line).length > 0);
  const email = /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/.exec(text)?.[0];
  const skills = new Set(recognizer.skills(text).map(({ value }) => value.label));
  return CandidateProfile.parse({
    fullName: (lines[0] ?? 'Sem nome').slice(0, 200),
    ...(title && { title }),
    ...(email && CandidateProfile.shape.email.safeParse(email).success && { email }),
    skills: [...skills].slice(0, 100).map((name) => ({ name })),
  });
}
