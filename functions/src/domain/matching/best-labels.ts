/** A name and the concept it belongs to; a concept may have any number of names. */
export interface Label {
  readonly text: string;
  readonly concept: string;
}

/** A concept, with the position among all labels of the one that speaks for it most. */
export interface RankedConcept {
  readonly concept: string;
  readonly label: number;
  readonly score: number;
}

/** Collects scores of labels and keeps, for each concept, its highest. */
export interface BestLabels {
  meet(row: number, score: number): void;
  /** The concepts met, best first, at most `limit`; among equals the one whose label came first. Begins anew after it. */
  take(limit: number): RankedConcept[];
}

/** For labels whose concepts are known once and asked for often; not for two questions at a time. */
export function openBestLabels(labels: readonly Label[]): BestLabels {
  const numbers = new Map<string, number>();
  const conceptOf = Uint32Array.from(labels, ({ concept }) => {
    const number = numbers.get(concept) ?? numbers.size;
    numbers.set(concept, number);
    return number;
  });
  const names = [...numbers.keys()];
  const best = new Float32Array(names.length).fill(Number.NEGATIVE_INFINITY);
  const label = new Uint32Array(names.length);
  const met: number[] = [];
  return {
    meet(row, score) {
      const concept = conceptOf[row] as number;
      const before = best[concept] as number;
      if (before === Number.NEGATIVE_INFINITY) met.push(concept);
      // Rounded to what is kept of it, so that equals are equal.
      const kept = Math.fround(score);
      if (kept > before || (kept === before && row < (label[concept] as number))) {
        best[concept] = kept;
        label[concept] = row;
      }
    },
    take(limit) {
      const ranked = met.map((concept) => ({
        concept: names[concept] as string,
        label: label[concept] as number,
        score: best[concept] as number,
      }));
      for (const concept of met) best[concept] = Number.NEGATIVE_INFINITY;
      met.length = 0;
      return highest(ranked, limit);
    },
  };
}

// Most of thousands are far below the best few, so these are chosen before anything is sorted.
function highest(ranked: RankedConcept[], limit: number): RankedConcept[] {
  const scores = Float32Array.from(ranked, ({ score }) => score).sort();
  const floor = scores[Math.max(0, scores.length - limit)] ?? 0;
  return ranked
    .filter(({ score }) => score >= floor)
    .sort((x, y) => y.score - x.score || x.label - y.label)
    .slice(0, limit);
}
