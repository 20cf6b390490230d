import { featuresOf, unitsOf } from '../../functions/src/platform/local-embedder/features.ts';

/** Lists of numbers end to end: list i stands from `starts[i]` up to `starts[i + 1]`, with one weight for each number. */
export interface Lists {
  readonly starts: Uint32Array;
  readonly items: Uint32Array;
  readonly weights: Float32Array;
}

/** Texts as weighted units and units as weighted rows of the table; `hashes` and `idf` are the features it knows, commonest first. */
export interface Vocabulary {
  readonly hashes: Uint32Array;
  /** 1..255, in 255ths. */
  readonly idf: Uint8Array;
  readonly texts: Lists;
  readonly units: Lists;
}

/** A feature met in fewer texts says nothing that could be learned. */
const leastTexts = 2;
export const maxWords = 60;

export function readVocabulary(texts: readonly string[], rowOf: (rank: number, hash: number) => number): Vocabulary {
  const unitIds = new Map<string, number>();
  const featureIds = new Map<number, number>();
  const features = new ListBuilder();
  const units = new ListBuilder();
  for (const text of texts) {
    for (const [unit, count] of unitsOf(text, maxWords)) {
      if (!unitIds.has(unit)) {
        for (const { hash, weight } of featuresOf(unit)) features.add(numberOf(featureIds, hash), weight);
        features.end();
      }
      units.add(numberOf(unitIds, unit), Math.sqrt(count));
    }
    units.end();
  }
  const textLists = units.lists();
  const unitLists = features.lists();
  const counts = countTexts(textLists, unitLists, featureIds.size);
  const hashes = Uint32Array.from(featureIds.keys());
  const kept = Array.from(counts.keys())
    .filter((id) => at(counts, id) >= leastTexts)
    .sort((x, y) => at(counts, y) - at(counts, x) || at(hashes, x) - at(hashes, y));
  const idf = Uint8Array.from(kept, (id) => idfOf(at(counts, id), texts.length));
  const rows = new Int32Array(hashes.length).fill(-1);
  const weights = new Float32Array(hashes.length);
  for (const [rank, id] of kept.entries()) {
    rows[id] = rowOf(rank, at(hashes, id));
    weights[id] = at(idf, rank) / 255;
  }
  return {
    hashes: Uint32Array.from(kept, (id) => at(hashes, id)),
    idf,
    texts: textLists,
    units: toRows(unitLists, rows, weights),
  };
}

// ln(1 + N / (n + 1)) / ln(1 + N / 2), in 255ths: so that a logarithm computed differently elsewhere comes out the same.
const idfOf = (count: number, texts: number) =>
  Math.max(1, Math.round((255 * Math.log(1 + texts / (count + 1))) / Math.log(1 + texts / 2)));

/** For each feature, the number of texts it is in. */
function countTexts(texts: Lists, units: Lists, features: number): Uint32Array {
  const counts = new Uint32Array(features);
  // The text, counted from 1, that had a feature last.
  const seen = new Uint32Array(features);
  for (let text = 1; text < texts.starts.length; text++) {
    for (let i = at(texts.starts, text - 1); i < at(texts.starts, text); i++) {
      const unit = at(texts.items, i);
      for (let j = at(units.starts, unit); j < at(units.starts, unit + 1); j++) {
        const feature = at(units.items, j);
        if (at(seen, feature) === text) continue;
        seen[feature] = text;
        counts[feature] = at(counts, feature) + 1;
      }
    }
  }
  return counts;
}

/** Features replaced by their rows of the table, and what has none left out. */
function toRows(units: Lists, rows: Int32Array, weights: Float32Array): Lists {
  const kept = new ListBuilder();
  for (let unit = 1; unit < units.starts.length; unit++) {
    for (let j = at(units.starts, unit - 1); j < at(units.starts, unit); j++) {
      const feature = at(units.items, j);
      if (at(rows, feature) >= 0) kept.add(at(rows, feature), at(units.weights, j) * at(weights, feature));
    }
    kept.end();
  }
  return kept.lists();
}

class ListBuilder {
  readonly #starts = [0];
  readonly #items: number[] = [];
  readonly #weights: number[] = [];

  add(item: number, weight: number): void {
    this.#items.push(item);
    this.#weights.push(weight);
  }

  end(): void {
    this.#starts.push(this.#items.length);
  }

  lists(): Lists {
    return {
      starts: Uint32Array.from(this.#starts),
      items: Uint32Array.from(this.#items),
      weights: Float32Array.from(this.#weights),
    };
  }
}

function numberOf<Key>(ids: Map<Key, number>, key: Key): number {
  let id = ids.get(key);
  if (id === undefined) ids.set(key, (id = ids.size));
  return id;
}

const at = (array: Uint8Array | Uint32Array | Int32Array | Float32Array, i: number): number => array[i] as number;
