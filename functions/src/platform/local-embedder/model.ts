import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** What `embedder.json` says of `embedder.bin`. */
export interface ModelManifest {
  readonly model: string;
  readonly dimensions: number;
  readonly rows: number;
  /** The commonest features, which have a row to themselves; the others share the rest. */
  readonly ownRows: number;
  readonly features: number;
  readonly concepts: number;
  readonly bytes: number;
  readonly sha256: string;
  /** The version of the taxonomy it was trained from, and how. */
  readonly taxonomy: string;
  readonly training: Readonly<Record<string, unknown>>;
}

/** A vector for each number below `scales.length`: scale * its `dimensions` small numbers. */
export interface QuantisedVectors {
  readonly scales: Float32Array;
  readonly values: Int8Array;
}

/** The trained model, as it lies in the file: hashes, idf, vectors of features, ids and vectors of concepts. */
export interface Model {
  readonly manifest: ModelManifest;
  readonly hashes: Uint32Array;
  /** In 255ths. */
  readonly idf: Uint8Array;
  readonly table: QuantisedVectors;
  readonly conceptIds: readonly string[];
  readonly concepts: QuantisedVectors;
}

/** @throws Error when a file is missing, or is not the one the manifest tells of */
export async function readModel(folder: URL): Promise<Model> {
  try {
    const manifest = JSON.parse(await readFile(new URL('embedder.json', folder), 'utf8')) as ModelManifest;
    const bytes = await readFile(new URL('embedder.bin', folder));
    const found = createHash('sha256').update(bytes).digest('hex');
    if (found !== manifest.sha256) throw new Error(`its sha256 is ${found}, and the manifest says ${manifest.sha256}`);
    return unpack(manifest, bytes);
  } catch (cause) {
    throw new Error(`the local embedder's model in ${folder.pathname} could not be read`, { cause });
  }
}

/** The file's content; numbers of four bytes come first, little-endian, so that each lies where it may. */
export function pack({ hashes, idf, table, conceptIds, concepts }: Omit<Model, 'manifest'>): Buffer {
  const parts = [hashes, table.scales, concepts.scales, table.values, concepts.values, idf];
  return Buffer.concat([
    ...parts.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
    Buffer.from(conceptIds.join('\n')),
  ]);
}

function unpack(manifest: ModelManifest, file: Buffer): Model {
  const { features, rows, concepts, dimensions } = manifest;
  // A copy of its own, since a Buffer may begin anywhere in a shared block.
  const bytes = new Uint8Array(file).buffer;
  let at = 0;
  const take = (length: number) => {
    at += length;
    return at - length;
  };
  const hashes = new Uint32Array(bytes, take(4 * features), features);
  const scales = new Float32Array(bytes, take(4 * rows), rows);
  const conceptScales = new Float32Array(bytes, take(4 * concepts), concepts);
  const values = new Int8Array(bytes, take(rows * dimensions), rows * dimensions);
  const conceptValues = new Int8Array(bytes, take(concepts * dimensions), concepts * dimensions);
  const idf = new Uint8Array(bytes, take(features), features);
  return {
    manifest,
    hashes,
    idf,
    table: { scales, values },
    conceptIds: file.subarray(at).toString('utf8').split('\n'),
    concepts: { scales: conceptScales, values: conceptValues },
  };
}
