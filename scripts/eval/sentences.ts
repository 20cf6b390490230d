import { DatasetError, filesOf, readRows, readText } from './files.ts';

/** Sentences with the skills people found in them, by name. */
export interface Sentences {
  readonly name: string;
  readonly sentences: ReadonlyMap<string, ReadonlySet<string>>;
}

// Said by annotators where the taxonomy has no name for what they saw, or the text does not say enough.
const notASkill = new Set(['LABEL NOT PRESENT', 'UNDERSPECIFIED', 'UNK', '']);

/**
 * Every table of a folder with a column `sentence` and a column `label` (one a row) or `skills` (a list); training files are
 * left out. `vocabulary` is a plain list of all skills to choose from, where the folder has one.
 */
export function readSentences(folder: string): { sets: Sentences[]; vocabulary: string[] | undefined } {
  const sets: Sentences[] = [];
  let vocabulary: string[] | undefined;
  for (const { stem, path } of filesOf(folder)) {
    if (/^train/i.test(stem)) continue;
    const plain = path.endsWith('.txt') || path.endsWith('.txt.gz');
    const set = plain ? undefined : readSet(stem, readRows(path));
    if (set) sets.push(set);
    else if (plain)
      vocabulary = readText(path)
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter((line) => line !== '');
  }
  if (sets.length === 0)
    throw new DatasetError(`${folder} has no table with the columns "sentence" and "label" or "skills".`);
  return { sets, vocabulary };
}

function readSet(name: string, [heading = [], ...rows]: string[][]): Sentences | undefined {
  const column = (pattern: RegExp) => heading.findIndex((cell) => pattern.test(cell.trim()));
  const sentence = column(/^(sentence|text)$/i);
  const label = column(/^(labels?|skills?)$/i);
  if (sentence < 0 || label < 0) return undefined;
  const sentences = new Map<string, Set<string>>();
  for (const row of rows) {
    const text = (row[sentence] ?? '').trim();
    const skills = listOf(row[label] ?? '').filter((skill) => !notASkill.has(skill));
    if (text === '' || skills.length === 0) continue;
    sentences.set(text, new Set([...(sentences.get(text) ?? []), ...skills]));
  }
  return sentences.size > 0 ? { name, sentences } : undefined;
}

// `['a', "b's"]`, as Python prints a list, or a single name.
function listOf(cell: string): string[] {
  const text = cell.trim();
  if (!text.startsWith('[')) return [text];
  return [...text.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map(([, single, double]) =>
    (single ?? double ?? '').replace(/\\(.)/g, '$1').trim(),
  );
}
