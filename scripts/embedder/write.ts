import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { TaxonomyOccupation } from '../../functions/src/contract/taxonomy.ts';
import { openEncode } from '../../functions/src/platform/local-embedder/encode.ts';
import { type ModelManifest, pack } from '../../functions/src/platform/local-embedder/model.ts';
import { conceptVectors } from './concepts.ts';
import { quantise } from './quantise.ts';

export interface Trained {
  readonly model: string;
  readonly dimensions: number;
  readonly rows: number;
  readonly ownRows: number;
  readonly taxonomy: string;
  readonly training: Readonly<Record<string, unknown>>;
  readonly hashes: Uint32Array;
  readonly idf: Uint8Array;
  readonly table: Float32Array;
}

/** Writes `embedder.bin` and `embedder.json`; concepts are encoded by the quantised table, as texts will be. @param folder ends in `/` */
export function writeModel(folder: URL, trained: Trained, occupations: readonly TaxonomyOccupation[]): ModelManifest {
  const { hashes, idf, dimensions } = trained;
  const draft = {
    model: trained.model,
    dimensions,
    rows: trained.rows,
    ownRows: trained.ownRows,
    features: hashes.length,
    concepts: occupations.length,
    bytes: 0,
    sha256: '',
    taxonomy: trained.taxonomy,
    training: trained.training,
  };
  const table = quantise(trained.table, dimensions);
  const conceptIds = occupations.map(({ id }) => id);
  const none = { scales: new Float32Array(), values: new Int8Array() };
  const encode = openEncode({ manifest: draft, hashes, idf, table, conceptIds, concepts: none });
  const concepts = quantise(conceptVectors(occupations, encode, dimensions), dimensions);
  const bytes = pack({ hashes, idf, table, conceptIds, concepts });
  const manifest = { ...draft, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
  writeFileSync(new URL('embedder.bin', folder), bytes);
  writeFileSync(new URL('embedder.json', folder), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}
