import type { Lexicon, LexiconIndustry, LexiconSkill } from '../../functions/src/contract/lexicon.ts';
import type { Random } from './random.ts';

export type Lang = 'pt' | 'en';

/** Names of skills, industries as the lexicon spells them in one language. */
export class Wording {
  readonly #skills = new Map<string, LexiconSkill>();
  readonly #industries: ReadonlyMap<string, LexiconIndustry>;

  constructor(lexicon: Lexicon) {
    for (const skill of lexicon.skills) this.#skills.set(skill.label, skill);
    this.#industries = new Map(lexicon.industries.map((industry) => [industry.id, industry]));
  }

  /** @throws Error when the lexicon has no skill of that label */
  skill(label: string, lang: Lang): string {
    const skill = this.#skills.get(label);
    if (skill === undefined) throw new Error(`the lexicon has no skill labelled "${label}"`);
    return lang === 'pt' ? (skill.labelPt ?? skill.label) : skill.label;
  }

  /** @throws Error when the lexicon has no such industry */
  industry(id: string, lang: Lang): string {
    const industry = this.#industries.get(id);
    if (industry === undefined) throw new Error(`the lexicon has no industry "${id}"`);
    return industry[lang];
  }
}

/** Fills `{a}`, `{b}`, `{c}` with the words given in that order, and `{4-20}` with a number of that range. */
export function fill(template: string, words: readonly string[], random: Random): string {
  return template
    .replace(/\{([abc])\}/g, (_, letter: string) => words[letter.charCodeAt(0) - 97] ?? words[0] ?? '')
    .replace(/\{(\d+)-(\d+)\}/g, (_, low: string, high: string) => String(random.int(Number(low), Number(high))));
}

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** "a, b e c" / "a, b and c". */
export function listed(words: readonly string[], lang: Lang): string {
  const joined = words.slice(0, -1).join(', ');
  return joined === '' ? (words[0] ?? '') : `${joined} ${lang === 'pt' ? 'e' : 'and'} ${words.at(-1) ?? ''}`;
}
