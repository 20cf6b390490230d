import { type Token, tokenize } from './tokens.ts';

/** A phrase found in a text. */
export interface Mention<Value> {
  readonly value: Value;
  readonly start: number;
  readonly end: number;
}

/** The same with its words: `tokens[first]` to `tokens[last]`. */
export interface TokenMention<Value> extends Mention<Value> {
  readonly first: number;
  readonly last: number;
}

interface Entry<Value> {
  readonly value: Value;
  readonly exactly: string | undefined;
}
interface Node<Value> {
  readonly next: Map<string, Node<Value>>;
  entries?: Entry<Value>[];
  /** Phrases that begin with this word and were not taken apart yet. */
  waiting?: (Entry<Value> & { readonly phrase: string })[] | undefined;
}

/**
 * Many phrases, looked for at once in running text: word-bounded, the longest at each place, without overlap. Words match
 * by `key` (folding, or something coarser); a phrase added with `exactly` also has to be spelled so.
 */
export class PhraseIndex<Value> {
  readonly #root: Node<Value> = { next: new Map() };
  readonly #key: (folded: string) => string;

  constructor(key: (folded: string) => string = (folded) => folded) {
    this.#key = key;
  }

  add(phrase: string, value: Value, exactly?: string): void {
    const [first] = tokenize(phrase, 1);
    // Most words of a lexicon are never met, so a phrase is taken apart when its first word is.
    if (first) (this.#step(this.#root, first).waiting ??= []).push({ phrase, value, exactly });
  }

  #step(node: Node<Value>, { folded }: Token): Node<Value> {
    const key = this.#key(folded);
    let next = node.next.get(key);
    if (!next) node.next.set(key, (next = { next: new Map() }));
    return next;
  }

  #begin({ folded }: Token): Node<Value> | undefined {
    const first = this.#root.next.get(this.#key(folded));
    for (const { phrase, value, exactly } of first?.waiting ?? []) {
      const node = tokenize(phrase).reduce((at, token) => this.#step(at, token), this.#root);
      (node.entries ??= []).push({ value, exactly });
    }
    if (first?.waiting) first.waiting = undefined;
    return first;
  }

  /** Mentions in the order of the text; a phrase that stands for several values gives the one added first. */
  find(text: string, tokens: readonly Token[] = tokenize(text)): TokenMention<Value>[] {
    const mentions: TokenMention<Value>[] = [];
    for (let at = 0; at < tokens.length; ) {
      const found = this.#longest(text, tokens, at);
      if (found) mentions.push(found.mention);
      at = found ? found.mention.last + 1 : at + 1;
    }
    return mentions;
  }

  /** The values of a text that is one phrase and nothing else. */
  lookup(text: string): Value[] {
    const tokens = tokenize(text);
    const found = this.#longest(text, tokens, 0);
    return found?.mention.last === tokens.length - 1 ? found.values : [];
  }

  #longest(text: string, tokens: readonly Token[], at: number) {
    let node: Node<Value> | undefined;
    let best: { mention: TokenMention<Value>; values: Value[] } | undefined;
    const first = tokens[at];
    for (let i = at; first && i < tokens.length; i++) {
      const token: Token | undefined = tokens[i];
      if (!token || (i > at && !joins(text.slice(tokens[i - 1]?.end, token.start)))) break;
      node = i === at ? this.#begin(token) : node?.next.get(this.#key(token.folded));
      if (!node) break;
      const written = text.slice(first.start, token.end);
      const values = (node.entries ?? [])
        .filter(({ exactly }) => exactly === undefined || exactly === written)
        .map(({ value }) => value);
      const value = values[0];
      if (value !== undefined && !isPartOfSomethingElse(text, first.start, token.end)) {
        best = { mention: { value, start: first.start, end: token.end, first: at, last: i }, values };
      }
    }
    return best;
  }
}

// Between two words of one phrase stands a space, a hyphen, a slash, a dot or an ampersand, never a comma or a new line.
const joins = (between: string) =>
  between.length <= 6 && /^[ \u00a0\-‐‑–./&_'’]*$/.test(between) && !/\. /.test(between);

// `R$ 5.000` is money and `R&D` a department: a single letter next to such a sign is not a name.
function isPartOfSomethingElse(text: string, start: number, end: number): boolean {
  if (end - start > 1) return false;
  return /[$&'’]/.test(text[end] ?? '') || /[&'’]/.test(text[start - 1] ?? '');
}

const numberEndings: readonly (readonly [string, string])[] = [
  ['oes', 'ao'],
  ['ores', 'or'],
  ['eis', 'l'],
  ['iis', 'l'],
  ['el', 'l'],
  ['il', 'l'],
  ['s', ''],
];

const keys = new Map<string, string>();

/** Endings of number and gender taken off, so that `Desenvolvedoras` meets `desenvolvedor` and `contábeis` meets `contábil`. */
export function agreementKey(folded: string): string {
  if (folded.length <= 4) return folded;
  let key = keys.get(folded);
  if (key === undefined) {
    key = stripGender(stripNumber(folded));
    if (keys.size < 100_000) keys.set(folded, key);
  }
  return key;
}

function stripNumber(word: string): string {
  const ending = numberEndings.find(([plural]) => word.endsWith(plural));
  return ending ? word.slice(0, -ending[0].length) + ending[1] : word;
}

function stripGender(word: string): string {
  if (word.length <= 4) return word;
  if (word.endsWith('ora')) return word.slice(0, -1);
  if (word.endsWith('eira') || word.endsWith('eiro')) return word.slice(0, -1);
  return word.endsWith('a') || word.endsWith('o') ? word.slice(0, -1) : word;
}
