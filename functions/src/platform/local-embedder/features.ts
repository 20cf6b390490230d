/** What a text is read as: its distinct words and pairs of neighbouring words, a pair having a space in it, with their counts. */
export type Units = Map<string, number>;

const word = /[a-z0-9]+[+#]*/g;
const plain = /^[\0-\x7f]*$/;

/** Words are lower case without accents. @param maxWords how many words are read from the beginning */
export function unitsOf(text: string, maxWords: number): Units {
  const lower = text.toLowerCase();
  // Most names are plain, and decomposing them would be most of the work.
  const folded = plain.test(lower) ? lower : lower.normalize('NFD').replace(/\p{M}/gu, '');
  const units: Units = new Map();
  let before: string | undefined;
  let left = maxWords;
  for (const [found] of folded.matchAll(word)) {
    if (left-- === 0) break;
    units.set(found, (units.get(found) ?? 0) + 1);
    if (before !== undefined) {
      const pair = `${before} ${found}`;
      units.set(pair, (units.get(pair) ?? 0) + 1);
    }
    before = found;
  }
  return units;
}

/** A feature of a unit: a 32-bit hash, and how much its kind weighs. */
export interface Feature {
  readonly hash: number;
  readonly weight: number;
}

/** The hash of a word as a whole. */
export const wordHash = (word: string): number => hashOf('w', word, 0, word.length);

/** A pair is one feature (.7); a word is itself (1) and the character 3- to 5-grams of `<word>` (.5 each). */
export function featuresOf(unit: string): Feature[] {
  if (unit.includes(' ')) return [{ hash: hashOf('b', unit, 0, unit.length), weight: 0.7 }];
  const bounded = `<${unit}>`;
  const features = [{ hash: wordHash(unit), weight: 1 }];
  for (let length = 3; length <= 5; length++) {
    for (let start = 0; start + length <= bounded.length; start++) {
      features.push({ hash: hashOf('g', bounded, start, start + length), weight: 0.5 });
    }
  }
  return features;
}

// FNV-1a over the kind and the letters, with the finaliser of MurmurHash3.
function hashOf(kind: string, text: string, start: number, end: number): number {
  let hash = Math.imul(0x811c9dc5 ^ kind.charCodeAt(0), 0x01000193);
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
