import type { CandidateProfile } from '../../contract/candidate.ts';
import { fold, languageCode } from './known-names.ts';

type Language = CandidateProfile['languages'][number];
type Level = NonNullable<Language['level']>;

/** Words for a level, folded, the more telling first; the scale is the Common European Framework (CEFR). */
const levelWords: readonly (readonly [RegExp, Level])[] = [
  [/\b(upper intermediate|intermediari[ao] avancad[ao])\b/, 'B2'],
  [/\bpre intermedia(te|ri[ao])\b/, 'A2'],
  [/\b(native|nativ[ao]|matern[ao]|mother tongue)\b/, 'native'],
  [/\b(bilingual|bilingue|proficient|proficiente)\b/, 'C2'],
  [/\b(full professional|fluent|fluente|fluencia|fluency|avancad[ao]|advanced|avanzad[ao])\b/, 'C1'],
  [/\b(limited working|intermediate|intermediari[ao]|intermedi[ao]|conversational|conversacao|tecnic[ao])\b/, 'B1'],
  [/\b(professional|profissional|working)\b/, 'B2'],
  [/\b(elementary|elementar|basic|basic[ao])\b/, 'A2'],
  [/\b(beginner|iniciante|principiante|notions|nocoes)\b/, 'A1'],
];

/** `C1` from "C1", "avançado", "Fluent" and the like; undefined when nothing tells the level. */
export const languageLevel = (words: string): Level | undefined => {
  const folded = fold(words);
  const named = /\b([abc][12])\b/.exec(folded)?.[1]?.toUpperCase();
  if (named) return named as Level;
  return levelWords.find(([pattern]) => pattern.test(folded))?.[1];
};

/** Language and level from "en:C1", "inglês avançado", "Português (nativo)"; null when no known language is named. */
export const languageSkill = (words: string): Language | null => {
  const code = languageCode(words.replace(/[(:–-].*$/s, '')) ?? languageCode(words);
  if (!code) return null;
  const level = languageLevel(words);
  return level ? { code, level } : { code };
};
