import type { Lexicon, LexiconSkill, NameContext } from '../../contract/lexicon.ts';
import { functionWords } from './function-words.ts';
import type { TokenMention } from './phrase-index.ts';
import type { Token } from './tokens.ts';

export interface SkillName {
  readonly skill: LexiconSkill;
  readonly name: string;
  /** Of a name that is an everyday word too. */
  readonly context: NameContext | undefined;
}
export type NamedMention = TokenMention<SkillName>;

export interface ReadText {
  readonly text: string;
  readonly tokens: readonly Token[];
  readonly mentions: readonly NamedMention[];
  /** Typed without capitals: they are no evidence. */
  readonly anyCase: boolean;
}

// What may stand between two entries of a list, and around an entry that stands alone.
const listJoint = /^[\s,;/|•·+&()–-]*(?:\b(?:e|and|ou|or)\b)?[\s,;/|•·+&()–-]*$/i;
const entryEdge = /^\s*(?:[,;/|•·()\n–-]|$)/;
const sentenceEnd = /[.!?;:\n•|](?=\s|$)|\n/;
// How far from a name its sentence is read, in words.
const reach = 12;

/**
 * Whether a name that is an everyday word too means the skill here: evidence is added up and compared with what the name
 * `needs`. Written as the name is: 1, nothing at the start of a sentence, where any word has a capital, and 1 less in lower
 * case. Next to another skill in a list: 2, next to one that is itself in doubt 1. An entry of its own: 1. After or before
 * a word that announces skills: 2. One of its own cues in the sentence: 1; a word that speaks against it: 2 less. Next to a
 * word that makes it something else (`Go to`, `vitamina C`) it never is one; as the whole text it is one unless it needs 3.
 */
export class NameJudge {
  readonly #before: ReadonlySet<string>;
  readonly #after: ReadonlySet<string>;
  readonly #words = new WeakMap<NameContext, Record<'notAfter' | 'notBefore' | 'cues' | 'against', Set<string>>>();

  constructor(cues: Lexicon['cues']) {
    this.#before = new Set(cues.before);
    this.#after = new Set(cues.after);
  }

  isSkill(read: ReadText, at: number): boolean {
    const mention = read.mentions[at];
    const context = mention?.value.context;
    if (!mention || !context) return mention !== undefined;
    if (mention.first === 0 && mention.last === read.tokens.length - 1) return context.needs < 3;
    const words = this.#wordsOf(context);
    const near = neighbours(read, mention);
    if (has(words.notAfter, near.before[0]) || has(words.notBefore, near.after[0])) return false;
    if (context.needs > 1 && isCompound(read.text, mention)) return false;
    const around = [...near.before, ...near.after];
    const evidence =
      spelling(read, mention) +
      listed(read, at) +
      (context.needs === 1 && isEntry(read.text, mention) ? 1 : 0) +
      (this.#isAnnounced(near) ? 2 : 0) +
      (around.some((word) => words.cues.has(word)) ? 1 : 0) -
      (around.some((word) => words.against.has(word)) ? 2 : 0);
    return evidence >= context.needs;
  }

  // `experiência com Go`, `desenvolvedor de Go`, `Go developer`.
  #isAnnounced({ before, after }: { before: readonly string[]; after: readonly string[] }): boolean {
    const meaningful = before.slice(0, 4).filter((word) => !functionWords.has(word));
    return has(this.#before, meaningful[0]) || has(this.#after, after[0]);
  }

  #wordsOf(context: NameContext) {
    let words = this.#words.get(context);
    if (!words) {
      const { notAfter, notBefore, cues, against } = context;
      words = {
        notAfter: new Set(notAfter),
        notBefore: new Set(notBefore),
        cues: new Set(cues),
        against: new Set(against),
      };
      this.#words.set(context, words);
    }
    return words;
  }
}

const has = (words: ReadonlySet<string>, word: string | undefined): boolean =>
  word !== undefined && (words.has(word) || (words.has('#') && /^\d/.test(word)));

/** The words of the same sentence before the mention, nearest first, and after it. */
function neighbours({ text, tokens }: ReadText, { first, last }: NamedMention) {
  const before: string[] = [];
  for (let i = first - 1; i >= 0 && i >= first - reach; i--) {
    if (sentenceEnd.test(text.slice(tokens[i]?.end, tokens[i + 1]?.start))) break;
    before.push(tokens[i]?.folded ?? '');
  }
  const after: string[] = [];
  for (let i = last + 1; i < tokens.length && i <= last + reach; i++) {
    if (sentenceEnd.test(text.slice(tokens[i - 1]?.end, tokens[i]?.start))) break;
    after.push(tokens[i]?.folded ?? '');
  }
  return { before, after };
}

function spelling({ text, tokens, anyCase }: ReadText, { value, start, end, first }: NamedMention): number {
  if (anyCase) return 1;
  const written = text.slice(start, end);
  if (written === written.toLowerCase()) return value.name === written ? 0 : -1;
  if (written === value.name) {
    const isWordShaped = /^\p{Lu}\p{Ll}+$/u.test(written);
    const startsSentence = first === 0 || sentenceEnd.test(text.slice(tokens[first - 1]?.end, start));
    return isWordShaped && startsSentence ? 0 : 1;
  }
  return 0;
}

/** Evidence of the entries before and after in a list of skills: the better of the two. Soft skills stand among verbs, so they tell nothing. */
function listed({ text, mentions, anyCase }: ReadText, at: number): number {
  const here = mentions[at];
  const worth = (other: NamedMention | undefined, from: number | undefined, to: number | undefined): number => {
    if (!other || other.value.skill.family === 'soft') return 0;
    const between = text.slice(from, to);
    // In a query typed without commas a space is all that stands between two skills.
    if (between.length > 12 || !listJoint.test(between) || (!anyCase && between.trim() === '' && !/\n/.test(between)))
      return 0;
    if (!other.value.context) return 2;
    return anyCase || text.slice(other.start, other.end) === other.value.name ? 1 : 0;
  };
  const [previous, next] = [mentions[at - 1], mentions[at + 1]];
  return Math.max(worth(previous, previous?.end, here?.start), worth(next, here?.end, next?.start));
}

/** Between two commas, slashes, brackets or line ends. */
const isEntry = (text: string, { start, end }: NamedMention): boolean =>
  entryEdge.test(text.slice(end, end + 4)) &&
  /(?:[,;/|•·(\n]|^|\n\s*[-–*])\s*$/.test(text.slice(Math.max(0, start - 6), start));

// `C-level`, `word-of-mouth`: a word tied to another one.
const isCompound = (text: string, { start, end }: NamedMention): boolean =>
  /^-\p{L}/u.test(text.slice(end, end + 2)) || /\p{L}-$/u.test(text.slice(Math.max(0, start - 2), start));
