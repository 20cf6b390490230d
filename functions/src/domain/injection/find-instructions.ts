import type { Finding } from '../../contract/finding.ts';
import { fold } from '../text/tokens.ts';
import { type InstructionPhrase, instructionMarks, instructionPhrases } from './instruction-patterns.ts';

/** How far a sentence is followed to either side of what was found in it. */
const longestSentence = 400;
/** How far an instruction is followed to the end of its paragraph. */
const longestParagraph = 1_000;
/** Findings of one text, at most; whatever comes after them is one finding more, up to the end. */
const mostFindings = 200;

const plain = /^[\0-\x7f]*$/;

/** Lower case without accents, unit by unit, so that offsets stay what they are. */
const foldInPlace = (text: string): string =>
  plain.test(text)
    ? text.toLowerCase()
    : text.replace(/[^\0-\x7f]|[A-Z]/g, (unit) => {
        const folded = fold(unit);
        return folded.length === unit.length ? folded : unit;
      });

/** In units: a shorter line was not broken because the page was full. */
const shortestBrokenLine = 50;

/** A line that goes on: it is long, it does not end a sentence, and what follows begins in lower case. */
const goesOn = (text: string, lineEnd: number): boolean =>
  lineEnd - text.lastIndexOf('\n', lineEnd - 1) > shortestBrokenLine &&
  !/[.!?:;]\s*$/.test(text.slice(Math.max(0, lineEnd - 3), lineEnd)) &&
  /^\n\s?\p{Ll}/u.test(text.slice(lineEnd, lineEnd + 3));

const sentenceStart = (text: string, from: number): number => {
  for (let at = from; at > Math.max(0, from - longestSentence); at--) {
    const before = text[at - 1] ?? '';
    if (before === '\n' && !goesOn(text, at - 1)) return at;
    if (/[.!?]/.test(before) && /\s/.test(text[at] ?? '')) return at;
  }
  return Math.max(0, from - longestSentence);
};

const sentenceEnd = (text: string, from: number, longest: number, isStop: RegExp): number => {
  const last = Math.min(text.length, from + longest);
  for (let at = from; at < last; at++) {
    const here = text[at] ?? '';
    if (here === '\n' && !goesOn(text, at)) return at;
    if (isStop.test(here) && /\s|^$/.test(text[at + 1] ?? '')) return at + 1;
  }
  return last;
};
const stop = /[.!?]/;
const never = /(?!)/;

/**
 * Sentences that speak to a machine instead of telling about a person, in order and without overlap. What follows a
 * certain one within its paragraph is taken for a part of it.
 */
export function findInstructions(text: string): Finding[] {
  const folded = foldInPlace(text);
  const found: Finding[] = [];
  for (const { family, confidence, start, end, isMark } of hitsIn(folded)) {
    const isCertain = confidence === 'high';
    found.push({
      family,
      confidence,
      start: isMark ? start : start - text.slice(sentenceStart(text, start), start).trimStart().length,
      end: sentenceEnd(text, end, isCertain ? longestParagraph : longestSentence, isCertain ? never : stop),
    });
    if (found.length === mostFindings) return [...found, { family, confidence, start, end: text.length }];
  }
  return found;
}

const phrasesByHead = new Map<string, InstructionPhrase[]>();
for (const phrase of instructionPhrases)
  for (const head of phrase.heads) phrasesByHead.set(head, [...(phrasesByHead.get(head) ?? []), phrase]);

/** Where phrases and marks stand. Phrases are tried only at words that one begins with: a resume has few of those. */
function* hitsIn(folded: string): Generator<Finding & { isMark: boolean }> {
  for (const { index: start, 0: word } of folded.matchAll(/[a-z0-9]+/g)) {
    for (const { family, confidence, regex } of phrasesByHead.get(word) ?? []) {
      regex.lastIndex = start;
      if (regex.test(folded)) yield { family, confidence, start, end: regex.lastIndex, isMark: false };
    }
  }
  for (const { family, confidence, regex } of instructionMarks)
    for (const { index: start, 0: mark } of folded.matchAll(regex))
      yield { family, confidence, start, end: start + mark.length, isMark: true };
}
