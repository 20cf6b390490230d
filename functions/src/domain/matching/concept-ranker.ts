import type { Label, RankedConcept } from './best-labels.ts';
import { openLexicalIndex } from './lexical-index.ts';
import type { Ranker } from './lexical-ranker.ts';
import { dots, type Encode, largest, middleOf, stack } from './vectors.ts';

/** How much a cosine of 1 counts beside a lexical score, which is at most 1.5. */
const cosineWeight = 4;
/** Concepts whose names are looked at one by one; the others are too far behind to come first. */
const rescored = 30;

/**
 * Ranks concepts by all their names in all languages: 4 * cosine with the concept's own vector, and for the best of its names L +
 * 4 * cosine with that name. `vectorOf` gives a concept's vector where it is known; else the middle of its names is taken.
 * Names are encoded when they are looked at, so that opening it costs little more than the index. Not for two questions at a time.
 */
export function openConceptRanker(
  labels: readonly Label[],
  encode: Encode,
  vectorOf: (concept: string) => Float32Array | undefined,
): Ranker {
  const index = openLexicalIndex(labels.map(({ text }) => text));
  const dimensions = encode('').length;
  const names = [...new Set(labels.map(({ concept }) => concept))];
  const numberOf = new Map(names.map((concept, number) => [concept, number]));
  const conceptOf = Uint32Array.from(labels, ({ concept }) => numberOf.get(concept) as number);
  const rowsOf = Map.groupBy(conceptOf.keys(), (row) => conceptOf[row] as number);
  const middle = (concept: string) => {
    const rows = rowsOf.get(numberOf.get(concept) as number) ?? [];
    const vectors = rows.map((row) => encode((labels[row] as Label).text));
    return middleOf(stack(vectors, rows.length, dimensions), [...rows.keys()]);
  };
  const vectors = stack(
    names.map((concept) => vectorOf(concept) ?? middle(concept)),
    names.length,
    dimensions,
  );
  const cosines = new Float32Array(names.length);
  const lexical = new Float32Array(names.length);
  const ofLabel = new Map<number, number>();

  const rescore = (concept: number, vector: Float32Array): RankedConcept => {
    let best = { label: -1, score: Number.NEGATIVE_INFINITY };
    for (const row of rowsOf.get(concept) ?? []) {
      const name = encode((labels[row] as Label).text);
      let cosine = 0;
      for (let i = 0; i < dimensions; i++) cosine += (vector[i] as number) * (name[i] as number);
      const score = (ofLabel.get(row) ?? 0) + cosineWeight * cosine;
      if (score > best.score) best = { label: row, score };
    }
    const score = best.score + cosineWeight * (cosines[concept] as number);
    return { concept: names[concept] as string, label: best.label, score };
  };

  return {
    rank(text, limit) {
      const vector = encode(text);
      dots(vectors, vector, cosines);
      lexical.fill(0);
      ofLabel.clear();
      index.match(text, (row, score) => {
        ofLabel.set(row, score);
        const concept = conceptOf[row] as number;
        if (score > (lexical[concept] as number)) lexical[concept] = score;
      });
      const rough = lexical.map((score, concept) => score + 2 * cosineWeight * (cosines[concept] as number));
      const [near, far] = split(largest(rough, Math.max(limit, rescored)), rescored);
      const ranked = near
        .map((concept) => rescore(concept, vector))
        .sort((a, b) => b.score - a.score || a.label - b.label);
      const least = ranked.at(-1)?.score ?? 0;
      const rest = far.map((concept, i) => ({
        concept: names[concept] as string,
        label: rowsOf.get(concept)?.[0] ?? 0,
        // Behind those looked at, in their own order.
        score: Math.min(rough[concept] as number, least - (i + 1) * 1e-6),
      }));
      return [...ranked, ...rest].slice(0, limit);
    },
  };
}

const split = <T>(list: readonly T[], at: number): [T[], T[]] => [list.slice(0, at), list.slice(at)];
