/** A word as it stands in a text; `start` and `end` are UTF-16 offsets into it. */
export interface Token {
  /** Lower case, accents stripped. */
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

// `.NET` keeps its dot only where a word could begin; `C++` and `C#` keep their signs.
const word = /(?<![\p{L}\p{N}])\.\p{L}[\p{L}\p{N}]*|[\p{L}\p{N}]+(?:\+\+|#|\+(?![\p{L}\p{N}]))?/gu;

const ascii = /^[\0-\x7f]*$/;

/** Lower case without accents: `São Paulo` -> `sao paulo`. */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  // Most words are plain, and decomposing them is most of what folding costs.
  return ascii.test(lower) ? lower : lower.normalize('NFD').replace(/\p{M}/gu, '');
}

/** The words of a text in order, at most `limit`. */
export function tokenize(text: string, limit = 60_000): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(word)) {
    tokens.push({ folded: fold(match[0]), start: match.index, end: match.index + match[0].length });
    if (tokens.length === limit) break;
  }
  return tokens;
}

/** A key for equality of free names: folded words joined by one space. */
export const nameKey = (text: string): string =>
  tokenize(text)
    .map((token) => token.folded)
    .join(' ');
