import type { Embedder, EmbeddingInput } from '../contract/embedding.ts';
import { expand, normalise, openEncode, openKnows } from './local-embedder/encode.ts';
import { type Model, readModel } from './local-embedder/model.ts';
import { openHashTable } from './local-embedder/rows.ts';

/** The model's own parts, for what ranks the taxonomy itself. */
export interface LocalModel {
  /** The first eight digits of its file's sha256. */
  readonly version: string;
  /** A text's unit vector, from its words alone. */
  encode(text: string): Float32Array;
  /** Whether it has learned every word of a text, so that its vector says what the text means and not only how it is spelled. */
  knows(text: string): boolean;
  /** The taxonomy's occupations in the same space: unit vectors, row after row, the rows' ids and each id's row. */
  readonly occupations: {
    readonly ids: readonly string[];
    readonly rows: ReadonlyMap<string, number>;
    readonly dimensions: number;
    readonly values: Float32Array;
  };
}

const folder = new URL('../../data/', import.meta.url);
/** What a title that was recognised counts beside the words of the text. */
const titleWeight = 0.7;

let opened: Promise<LocalModel> | undefined;

/** The model that ships with the functions, read on the first call: about 25 MB. @throws Error when it is missing or damaged; the next call tries again */
export function openLocalModel(): Promise<LocalModel> {
  opened ??= read().catch((cause: unknown) => {
    opened = undefined;
    throw cause;
  });
  return opened;
}

/**
 * The local model: a table of vectors for words, pairs of words and character n-grams, trained by `npm run embedder:train`
 * from the taxonomy alone, in one space for Portuguese, English and Spanish. A text is the sum of its features' vectors, and
 * .7 of the middle of the occupations recognised in it. Deterministic, without I/O after the first call; a title takes about 0.05 ms, a
 * resume about 2 ms.
 */
export const localEmbedder: Embedder = {
  label: { provider: 'local', model: 'static-2', dimensions: 128 },
  version: async () => (await openLocalModel()).version,
  async embed(inputs) {
    const model = await openLocalModel();
    return inputs.map((input) => embed(model, input));
  },
};

async function read(): Promise<LocalModel> {
  return openModel(await readModel(folder));
}

/** A model that was read or has just been trained. */
export function openModel(model: Model): LocalModel {
  const { dimensions, sha256 } = model.manifest;
  const find = openHashTable(model.hashes);
  const ids = model.conceptIds;
  const rows = new Map(ids.map((id, row) => [id, row]));
  const values = expand(model.concepts, dimensions);
  const version = sha256.slice(0, 8);
  const occupations = { ids, rows, dimensions, values };
  return { version, encode: openEncode(model, find), knows: openKnows(find), occupations };
}

function embed(
  { encode, occupations: { rows: rowOf, dimensions, values } }: LocalModel,
  { text, concepts }: EmbeddingInput,
) {
  const vector = encode(text);
  const rows = concepts
    .filter((concept) => concept.startsWith('title:'))
    .map((concept) => rowOf.get(concept.slice('title:'.length)))
    .filter((row) => row !== undefined);
  if (rows.length === 0) return vector;
  const middle = new Float32Array(dimensions);
  for (const row of rows)
    for (let i = 0; i < dimensions; i++) middle[i] = (middle[i] ?? 0) + (values[row * dimensions + i] ?? 0);
  const titles = normalise(middle);
  return normalise(vector.map((x, i) => x + titleWeight * (titles[i] ?? 0)));
}
