import type { Lexicon } from '../../contract/lexicon.ts';
import { functionWords } from '../text/function-words.ts';
import { tokenize } from '../text/tokens.ts';

const mostWords = 20;
/** As advertisements shorten what taxonomies write in full; folded. */
const shortened = 'adm anal analist arq asst assist aux coord dev eng enga est ger prof prog sup tec'.split(' ');

/** `(a)`, `/a`: the other gender, which would be a word of its own without its sign. */
const genderMark = /[(/](?:as?|os?|e|x)\b\)?/giu;

const vocabularies = new WeakMap<Lexicon, ReadonlySet<string>>();

/**
 * What is kept of an advertisement's title: those of its words that the taxonomy's titles and levels are made of, and skills of one
 * word, so that no name, address or number of anybody is; empty where none is left.
 */
export function keptTitle(lexicon: Lexicon, title: string): string {
  const known = vocabularyOf(lexicon);
  const plain = title.replaceAll(genderMark, ' ');
  const words = tokenize(plain)
    .filter(({ folded }) => known.has(folded))
    .slice(0, mostWords);
  const isEmpty = ({ folded }: { folded: string }) => functionWords.has(folded);
  const first = words.findIndex((word) => !isEmpty(word));
  const last = words.findLastIndex((word) => !isEmpty(word));
  if (first === -1) return '';
  return words
    .slice(first, last + 1)
    .map(({ start, end }) => plain.slice(start, end))
    .join(' ');
}

function vocabularyOf(lexicon: Lexicon): ReadonlySet<string> {
  let words = vocabularies.get(lexicon);
  if (!words) {
    const wordsOf = (names: readonly string[]) => names.map((name) => tokenize(name).map(({ folded }) => folded));
    const titles = lexicon.titles.flatMap(({ labels }) => [...(labels.pt ?? []), ...(labels.en ?? [])]);
    const levels = lexicon.seniority.map(({ term }) => term);
    const skills = lexicon.skills.flatMap(({ label, labelPt, aliases }) => [label, labelPt ?? label, ...aliases]);
    const ofOneWord = wordsOf(skills).filter(({ length }) => length === 1);
    const known = [...shortened, ...wordsOf([...titles, ...levels]).flat(), ...ofOneWord.flat()];
    words = new Set(known.filter((word) => !/^\d+$/.test(word)));
    vocabularies.set(lexicon, words);
  }
  return words;
}
