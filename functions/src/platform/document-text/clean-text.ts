const spaces = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;
const lineEnds = /\r\n?|[\u0085\u2028\u2029\v\f]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being removed
const controls = /[\u0000-\u0008\u000E-\u001F\u007F-\u009F]/g;
/** Icon fonts live in the private-use areas; soft hyphens and byte-order marks are not text either. */
const invisible = /[\u00AD\uFEFF\uE000-\uF8FF]|[\u{F0000}-\u{FFFFD}\u{100000}-\u{10FFFD}]/gu;
const ligatures = /[\uFB00-\uFB06]/g;

/**
 * Text as the contract promises it: NFC, well-formed, `\n` line ends, at most one blank line in a row, no space around a
 * line, ligatures spelt out; three spaces or more are a gap between cells, so a tab. Lone surrogates become U+FFFD.
 */
export const cleanText = (raw: string): string =>
  raw
    .toWellFormed()
    .replace(lineEnds, '\n')
    .replace(spaces, ' ')
    .replace(controls, '')
    .replace(invisible, '')
    .replace(ligatures, (ligature) => ligature.normalize('NFKC'))
    .normalize('NFC')
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/ *\t[ \t]*| {3,}/g, '\t')
        .replace(/ {2}/g, ' '),
    )
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\n+$/g, '');
