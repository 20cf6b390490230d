import { type Label, openBestLabels } from './best-labels.ts';
import type { ConceptGraph } from './concept-graph.ts';
import { openLexicalIndex } from './lexical-index.ts';
import type { Ranker } from './lexical-ranker.ts';
import { dots, type Encode, stack } from './vectors.ts';

/** How much a cosine of 1 counts beside a lexical score, which is at most 1.5. */
const cosineWeight = 4;

/**
 * A ranker by letters, words and meaning: L + 4 * cosine of the two vectors, each pulled to the taxonomy's concepts. Opening it
 * encodes every label, about a millisecond each, so it is for lists of some thousands.
 */
export function openNameRanker(labels: readonly Label[], encode: Encode, graph: ConceptGraph): Ranker {
  const index = openLexicalIndex(labels.map(({ text }) => text));
  const best = openBestLabels(labels);
  const pulled = (text: string) => graph.pull(encode(text));
  const dimensions = encode('').length;
  const vectors = stack(
    labels.map(({ text }) => pulled(text)),
    labels.length,
    dimensions,
  );
  const scores = new Float32Array(labels.length);
  return {
    rank(text, limit) {
      dots(vectors, pulled(text), scores);
      for (let row = 0; row < scores.length; row++) scores[row] = cosineWeight * (scores[row] as number);
      index.match(text, (row, score) => {
        scores[row] = (scores[row] as number) + score;
      });
      for (let row = 0; row < scores.length; row++) best.meet(row, scores[row] as number);
      return best.take(limit);
    },
  };
}
