import { readTable } from '../lexicon/tables.ts';
import { distinct } from './labels.ts';

/** Ways to say a European Portuguese phrase in Brazil, the usual one first; a phrase that stays as it is shields its words. */
export type Bridge = ReadonlyMap<string, readonly string[]>;

/** `bridge.tsv`: forms that `|` separates go together, and a phrase on a second line gets a second way. */
export function readBridge(): Bridge {
  const bridge = new Map<string, string[]>();
  for (const row of readTable(new URL('bridge.tsv', import.meta.url))) {
    const brazilian = row.list('brazilian');
    for (const [form, european] of row.list('european').entries()) {
      const said = brazilian[form];
      if (said === undefined) throw new Error(`bridge.tsv: "${european}" has no Brazilian form beside it`);
      const key = european.toLowerCase();
      bridge.set(key, [...(bridge.get(key) ?? []), said]);
    }
  }
  return bridge;
}

// A letter, a digit or a hyphen before or after makes it another word: `stand` is not in `stand-in`.
const word = /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu;
const longest = 8;

/**
 * A European title as Brazilians would write it, the usual way first; the title itself when nothing in it differs. Longer
 * phrases go before shorter ones, and what was replaced is not looked at again.
 * @param use told of each phrase of the bridge that was met
 */
export function toBrazilian(label: string, bridge: Bridge, use: (european: string) => void = () => {}): string[] {
  const words = [...label.matchAll(word)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const finds: { start: number; end: number; ways: readonly string[] }[] = [];
  for (let at = 0; at < words.length; ) {
    let taken = 1;
    for (let length = Math.min(longest, words.length - at); length > 0; length--) {
      const [start, end] = [words[at]?.start ?? 0, words[at + length - 1]?.end ?? 0];
      const phrase = label.slice(start, end).toLowerCase();
      const ways = bridge.get(phrase);
      if (!ways) continue;
      use(phrase);
      finds.push({ start, end, ways });
      taken = length;
      break;
    }
    at += taken;
  }
  const most = Math.max(1, ...finds.map(({ ways }) => ways.length));
  return distinct(Array.from({ length: most }, (_, way) => written(label, finds, way)));
}

function written(
  label: string,
  finds: readonly { start: number; end: number; ways: readonly string[] }[],
  way: number,
) {
  let text = '';
  let from = 0;
  for (const { start, end, ways } of finds) {
    text += label.slice(from, start) + (ways[way] ?? ways[0] ?? '');
    from = end;
  }
  text += label.slice(from);
  const first = text.charAt(0);
  return label.charAt(0) === label.charAt(0).toUpperCase() ? first.toUpperCase() + text.slice(1) : text;
}
