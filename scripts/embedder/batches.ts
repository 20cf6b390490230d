import type { Random } from '../demo/random.ts';
import type { Concept, Examples, Pair, Relation } from './examples.ts';

/** Pairs to be told apart from each other in one step: left text i belongs to right text i. */
export interface Batch {
  readonly left: Uint32Array;
  readonly right: Uint32Array;
  /** size x size; 1 where left i and right j belong together and i is not j. */
  readonly masked: Uint8Array;
  readonly temperature: number;
}

interface Choice {
  readonly weight: number;
  readonly relation: Relation;
  readonly families: readonly { readonly weight: number; readonly pairs: readonly Pair[] }[];
}

/** With fewer pairs than this a family is not shown on its own. */
const leastOfFamily = 40;

/** Draws batches without end: one relation each, and half of them from one family, where all are hard to tell apart. */
export function openBatches(examples: Examples, size: number, random: Random): () => Batch {
  const choices = examples.relations.map(choiceOf);
  const names = examples.concepts.map(cumulate);
  const masked = new Uint8Array(size * size);
  const draw = (concept: number) => drawFrom(names[concept] as Cumulated, random);
  return () => {
    const { relation, families } = random.weighted(choices);
    const hard = families.length > 0 && random.chance(0.5);
    const from = hard ? random.weighted(families).pairs : relation.pairs;
    const pairs = Array.from({ length: size }, () => from[random.int(0, from.length - 1)] as Pair);
    const left = Uint32Array.from(pairs, (pair) => draw(pair.left));
    const right = Uint32Array.from(pairs, (pair, i) => {
      if (pair.right < 0) return -1 - pair.right;
      // A name is shown beside another one of the same concept; three tries are enough for almost all.
      let text = draw(pair.right);
      for (let tries = 0; text === left[i] && tries < 3; tries++) text = draw(pair.right);
      return text;
    });
    mask(pairs, left, right, masked);
    return { left, right, masked, temperature: relation.temperature };
  };
}

function choiceOf(relation: Relation): Choice {
  const byFamily = Map.groupBy(relation.pairs, ({ family }) => family);
  const families = [...byFamily]
    .filter(([family, pairs]) => family !== '' && pairs.length >= leastOfFamily)
    .map(([, pairs]) => ({ weight: pairs.length, pairs }));
  return { weight: relation.weight, relation, families };
}

interface Cumulated {
  readonly texts: Uint32Array;
  /** Sums of weights up to and with each text. */
  readonly sums: Float64Array;
}

function cumulate({ names }: Concept): Cumulated {
  let sum = 0;
  return {
    texts: Uint32Array.from(names, ({ text }) => text),
    sums: Float64Array.from(names, ({ weight }) => (sum += weight)),
  };
}

function drawFrom({ texts, sums }: Cumulated, random: Random): number {
  const wanted = random.next() * (sums.at(-1) ?? 0);
  let low = 0;
  let high = sums.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sums[middle] as number) > wanted) high = middle;
    else low = middle + 1;
  }
  return texts[low] as number;
}

function mask(pairs: readonly Pair[], left: Uint32Array, right: Uint32Array, masked: Uint8Array): void {
  const size = pairs.length;
  for (let i = 0, at = 0; i < size; i++) {
    const a = pairs[i] as Pair;
    for (let j = 0; j < size; j++, at++) {
      const b = pairs[j] as Pair;
      const same = a.left === b.left || a.right === b.right || a.left === b.right || left[i] === right[j];
      masked[at] = same && i !== j ? 1 : 0;
    }
  }
}
