/** Buckets that n-grams are hashed to; of 200,000 distinct ones, as many as 100,000 titles have, one in six shares its own. */
export const gramBuckets = 1 << 19;

const shortest = 3;
const longest = 5;

/** The character 3- to 5-grams of `<word>`, whose signs tell beginnings and endings from the inside, as bucket numbers. */
export function characterGrams(word: string): Uint32Array {
  const bounded = `<${word}>`;
  const grams: number[] = [];
  for (let length = shortest; length <= longest; length++) {
    for (let start = 0; start + length <= bounded.length; start++) grams.push(bucket(bounded, start, start + length));
  }
  return Uint32Array.from(grams);
}

// FNV-1a with a finaliser.
function bucket(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) & (gramBuckets - 1);
}
