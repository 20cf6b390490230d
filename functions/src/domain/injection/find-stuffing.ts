import type { Finding } from '../../contract/finding.ts';
import { type Token, tokenize } from '../text/tokens.ts';

/** Words of a window, and how many different ones it has at least in anything written to be read. */
const windowWords = 40;
const fewestDistinct = 12;
/** A list of more names than this, without a sentence in between, is no claim that anybody checks. */
export const longestList = 120;
/** Words of one entry of a list, at most. */
const longestEntry = 4;
/** What ends in a full stop and has more words than this is a sentence, however short. */
const shortestSentence = 2;

/** Words again and again: runs of which every window of 40 words has fewer than 12 different ones. */
function findRepetition(tokens: readonly Token[]): Finding[] {
  const runs: { from: number; to: number }[] = [];
  const counts = new Map<string, number>();
  for (const [i, { folded }] of tokens.entries()) {
    counts.set(folded, (counts.get(folded) ?? 0) + 1);
    const gone = tokens[i - windowWords]?.folded;
    if (gone !== undefined) {
      const left = (counts.get(gone) ?? 0) - 1;
      if (left === 0) counts.delete(gone);
      else counts.set(gone, left);
    }
    if (i < windowWords - 1 || counts.size >= fewestDistinct) continue;
    const from = i - windowWords + 1;
    const before = runs.at(-1);
    if (before && from <= before.to) before.to = i;
    else runs.push({ from, to: i });
  }
  return runs.flatMap(({ from, to }) => repeatedPart(tokens.slice(from, to + 1)));
}

/** A run without the words at its ends that only happened to stand beside it. */
function repeatedPart(run: readonly Token[]): Finding[] {
  const counts = new Map<string, number>();
  for (const { folded } of run) counts.set(folded, (counts.get(folded) ?? 0) + 1);
  const isRepeated = ({ folded }: Token) => (counts.get(folded) ?? 0) > 2;
  const [first, last] = [run.find(isRepeated), run.findLast(isRepeated)];
  return first && last ? [{ family: 'stuffing', confidence: 'high', start: first.start, end: last.end }] : [];
}

const entry = /(?:[^,;|•·●▪◦/\n\t.!?]|[.!?](?!\s|$))+/g;

/** Walls of names: more than 120 entries of at most four words each, one after the other. */
function findWalls(text: string): Finding[] {
  const found: Finding[] = [];
  let start = 0;
  let end = 0;
  let entries = 0;
  const close = () => {
    if (entries > longestList) found.push({ family: 'stuffing', confidence: 'high', start, end });
    entries = 0;
  };
  for (const match of text.matchAll(entry)) {
    const words = match[0].match(/[\p{L}\p{N}+#.]+/gu)?.length ?? 0;
    if (words === 0) continue;
    // A sentence or a year tells of a life and not of a list.
    const isSentence = words > shortestSentence && /[.!?]/.test(text[match.index + match[0].length] ?? '');
    if (words > longestEntry || isSentence || /(?:19|20)\d\d/.test(match[0])) {
      close();
      continue;
    }
    if (entries === 0) start = match.index;
    end = match.index + match[0].length;
    entries += 1;
  }
  close();
  return found;
}

/** Words that are there to be found and not to be read: repeated without end, or listed by the hundred. */
export function findStuffing(text: string): Finding[] {
  // A shorter text has room for neither.
  if (text.length < 2 * longestList) return [];
  return [...findRepetition(tokenize(text)), ...findWalls(text)];
}
