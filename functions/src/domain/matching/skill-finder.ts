import { type Label, openBestLabels } from './best-labels.ts';
import { openLexicalIndex } from './lexical-index.ts';
import type { Ranker } from './lexical-ranker.ts';
import { dot, dots, type Encode, largest, middleOf, stack, type Vectors } from './vectors.ts';
import { windowsOf } from './windows.ts';

/** A skill as the taxonomy tells of it. */
export interface NamedSkill {
  readonly id: string;
  readonly names: readonly string[];
  readonly description?: string;
}

const lexicalWeight = 1;
const wholeWeight = 0.5;
const descriptionWeight = 0.3;
/** Skills whose names are looked at one by one, after a first look at the middle of their names. */
const rescored = 200;

/**
 * Ranks skills by how much a sentence asks for them, in whatever words: for the best of a skill's names L + .5 * cosine with
 * the sentence + the highest cosine with a window of it, and .3 * cosine of the sentence with the description.
 */
export function openSkillFinder(skills: readonly NamedSkill[], encode: Encode): Ranker {
  const labels: Label[] = skills.flatMap(({ id, names }) => names.map((text) => ({ text, concept: id })));
  const skillOf = Uint32Array.from(skills.flatMap(({ names }, skill) => names.map(() => skill)));
  const rowsOf = Map.groupBy(skillOf.keys(), (row) => skillOf[row] as number);
  const index = openLexicalIndex(labels.map(({ text }) => text));
  const best = openBestLabels(labels);
  const dimensions = encode('').length;
  const names = stack(
    labels.map(({ text }) => encode(text)),
    labels.length,
    dimensions,
  );
  const described = skills.map(({ description }) => (description ? encode(description) : new Float32Array(dimensions)));
  const descriptions = stack(described, skills.length, dimensions);
  const middles = stack(
    skills.map((_, skill) => middleOf(names, rowsOf.get(skill) ?? [])),
    skills.length,
    dimensions,
  );
  return {
    rank(text, limit) {
      const whole = encode(text);
      const windows = windowsOf(text).map(encode);
      const lexical = new Map<number, number>();
      const ofSkill = dots(descriptions, whole, new Float32Array(skills.length)).map((x) => descriptionWeight * x);
      const rough = nearest(middles, whole, windows).map((x, skill) => x + (ofSkill[skill] as number));
      const worded = new Float32Array(skills.length);
      index.match(text, (row, score) => {
        lexical.set(row, lexicalWeight * score);
        const skill = skillOf[row] as number;
        worded[skill] = Math.max(worded[skill] as number, lexicalWeight * score);
      });
      const chosen = largest(
        rough.map((x, skill) => x + (worded[skill] as number)),
        Math.max(limit, rescored),
      );
      for (const skill of chosen) {
        for (const row of rowsOf.get(skill) ?? []) {
          const window = windows.reduce((most, vector) => Math.max(most, dot(names, row, vector)), -1);
          const cosines = wholeWeight * dot(names, row, whole) + window;
          best.meet(row, cosines + (lexical.get(row) ?? 0) + (ofSkill[skill] as number));
        }
      }
      return best.take(limit);
    },
  };
}

/** For each row .5 * its cosine with the whole text, and the highest with one of its windows. */
function nearest(vectors: Vectors, whole: Float32Array, windows: readonly Float32Array[]): Float32Array {
  const highest = new Float32Array(vectors.values.length / vectors.dimensions).fill(-1);
  const cosines = new Float32Array(highest.length);
  for (const window of windows) {
    dots(vectors, window, cosines);
    for (let row = 0; row < highest.length; row++) {
      if ((cosines[row] as number) > (highest[row] as number)) highest[row] = cosines[row] as number;
    }
  }
  dots(vectors, whole, cosines);
  return highest.map((x, row) => x + wholeWeight * (cosines[row] as number));
}
