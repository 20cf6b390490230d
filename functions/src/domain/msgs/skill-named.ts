import { Problem } from '../../contract/errors.ts';
import type { Lexicon, LexiconSkill } from '../../contract/lexicon.ts';
import { recognizerOf } from '../text/recognizer.ts';

export type MarketLocale = 'pt-BR' | 'en';

/** @throws Problem skill.not_found */
export function skillOfId(lexicon: Lexicon, id: string): LexiconSkill {
  const skill = recognizerOf(lexicon).skillById(id);
  if (!skill)
    throw new Problem('skill.not_found', [{ path: 'skillId', message: 'is no id of our taxonomy of skills' }]);
  return skill;
}

export const labelOf = ({ label, labelPt }: LexiconSkill, locale: MarketLocale): string =>
  locale === 'pt-BR' ? (labelPt ?? label) : label;
