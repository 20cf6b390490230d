/** Zero-width, word joiners, bidi controls, variation selectors and tags: code points that draw nothing of their own. */
const drawsNothing =
  /[\u034F\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F]|[\u{E0000}-\u{E0FFF}]|\p{Variation_Selector}/gu;
/** What joins or parts letters of scripts that need it, and what chooses the shape of an emoji. */
const needed = /(?<=[\p{L}\p{M}])(?<![\p{Script=Latin}])[\u200C\u200D](?=(?!\p{Script=Latin})\p{L})/gu;
const flag = /\u{1F3F4}[\u{E0020}-\u{E007F}]{2,7}/gu;
const tag = /[\u{E0020}-\u{E007E}\u{E00A0}-\u{E00FF}]/gu;

/** So many on a page are no accident of a word processor, which leaves some at its line breaks. */
const fewest = 20;

/**
 * A text without characters that draw nothing, and what was said in them: tags spell Latin letters, all others are counted.
 * @returns `count` 0 when what was removed is what word processors leave
 */
export const withoutShapeless = (raw: string): { text: string; said: string; count: number } => {
  if (raw.search(drawsNothing) < 0) return { text: raw, said: '', count: 0 };
  const withoutFlags = raw.replace(flag, '\u{1F3F4}');
  const said = [...withoutFlags.matchAll(tag)]
    .map(([one]) => String.fromCodePoint((one.codePointAt(0) ?? 0) - 0xe0000))
    .join('');
  const emojiFree = withoutFlags.replace(/\p{Extended_Pictographic}(?:\u200D|\p{Variation_Selector})+/gu, (found) =>
    found.replace(drawsNothing, ''),
  );
  const keep = new Set([...emojiFree.matchAll(needed)].map(({ index }) => index));
  let count = 0;
  const text = emojiFree.replace(drawsNothing, (found, index: number) => {
    if (keep.has(index)) return found;
    count += 1;
    return '';
  });
  return { text, said, count: said !== '' || count >= fewest ? count : 0 };
};
