/** The form in which names are compared: no accents, lower case, hyphen and underscore as a space. */
export const fold = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[-_\s]+/g, ' ')
    .trim();

/** `C++` -> `c-plus-plus`, `.NET` -> `dot-net`, `Node.js` -> `node-js`. */
export const slug = (label: string): string =>
  fold(label)
    .replace(/\+/g, ' plus ')
    .replace(/#/g, ' sharp ')
    .replace(/^\./, 'dot ')
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const squeeze = (name: string): string => fold(name).replace(/[^a-z0-9+#]/g, '');

/** Whether `alias` is the label run together or with a short tail (`reactnative`, `vuejs`), and not the label with words around it. */
export function isSpellingOf(alias: string, label: string): boolean {
  const bare = squeeze(label);
  const other = squeeze(alias);
  if (bare.length < 3 || !other.startsWith(bare) || /\d/.test(other.slice(bare.length))) return false;
  return !` ${fold(alias)} `.includes(` ${fold(label)} `);
}

const linking = new Set(['of', 'the', 'and', 'for', 'in', 'to', 'a', 'an', 'on', 'with', 'by']);
const stems = (name: string): Set<string> =>
  new Set(
    fold(name)
      .split(/[^a-z0-9+#]+/)
      .filter((word) => word !== '' && !linking.has(word))
      .map((word) => word.slice(0, 5)),
  );

/** Whether `alias` is the initials of `label`, or shares at least two thirds of its words' stems: else it names something else. */
export function isVariantOf(alias: string, label: string): boolean {
  const initials = fold(label)
    .split(' ')
    .filter((word) => !linking.has(word))
    .map((word) => word.charAt(0))
    .join('');
  if (initials.length >= 3 && /^[A-Z]+$/.test(alias) && alias.toLowerCase() === initials) return true;
  const [a, b] = [stems(alias), stems(label)];
  if (a.size < 2) return false;
  return a.intersection(b).size / a.union(b).size >= 2 / 3;
}

/** Total order that does not hang on the machine's locale. */
export const byCode = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
