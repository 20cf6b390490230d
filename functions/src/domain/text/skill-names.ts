import type { Lexicon, LexiconSkill, NameContext } from '../../contract/lexicon.ts';
import { type NamedMention, NameJudge, type SkillName } from './name-context.ts';
import { type Mention, PhraseIndex } from './phrase-index.ts';
import { tokenize } from './tokens.ts';

const unknownContext: Omit<NameContext, 'names'> = { needs: 1, notAfter: [], notBefore: [], cues: [], against: [] };

/** Every name of every skill; a name that is an everyday word too is taken for the skill where its context says so. */
export class SkillNames {
  readonly #index = new PhraseIndex<SkillName>();
  readonly #judge: NameJudge;

  constructor({ skills, contexts, cues }: Lexicon) {
    const contextOf = new Map(contexts.flatMap((context) => context.names.map((name) => [name, context])));
    for (const skill of skills) {
      const ambiguous = new Set(skill.caseSensitive);
      for (const name of [skill.label, skill.labelPt ?? '', ...skill.aliases]) {
        const context = ambiguous.has(name) ? (contextOf.get(name) ?? { names: [name], ...unknownContext }) : undefined;
        this.#index.add(name, { skill, name, context });
      }
    }
    this.#judge = new NameJudge(cues);
  }

  /** Mentions in the order of the text. `anyCase`: the text was typed without capitals, so they tell nothing. */
  find(text: string, anyCase = false): Mention<LexiconSkill>[] {
    const tokens = tokenize(text);
    const found: NamedMention[] = this.#index.find(text, tokens);
    return found
      .filter((_, i) => this.#judge.isSkill({ text, tokens, mentions: found, anyCase }, i))
      .map(({ value, start, end }) => ({ value: value.skill, start, end }));
  }

  /** The skill of a field that holds one name and nothing else, in any case. */
  named(name: string): LexiconSkill | undefined {
    return this.#index.lookup(name).find(({ context }) => (context?.needs ?? 1) < 3)?.skill;
  }
}
