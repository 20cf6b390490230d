import { tokenize } from '../text/tokens.ts';

const spanLengths = [2, 3, 4, 6];
/** A longer text has its first spans looked at and no more, so that no text takes long. */
const mostWindows = 400;

/** The clauses of a text, and its spans of 2, 3, 4 and 6 words, each once: what in it may be the name of one thing. */
export function windowsOf(text: string): string[] {
  const windows = new Set<string>();
  for (const clause of text.split(/[,;:()•·|\n]|\.\s|\s[-–—]\s|\s(?:and|or|e|ou|y|o)\s/i)) {
    const words = tokenize(clause).map(({ start, end }) => clause.slice(start, end));
    if (words.length > 0) windows.add(words.join(' '));
  }
  const words = tokenize(text).map(({ start, end }) => text.slice(start, end));
  for (const length of spanLengths) {
    for (let start = 0; start + length <= words.length; start++)
      windows.add(words.slice(start, start + length).join(' '));
  }
  return [...windows].slice(0, mostWindows);
}
