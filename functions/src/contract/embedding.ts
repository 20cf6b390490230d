import { z } from 'zod';
import { text } from './text.ts';

/** Names the maker of a vector. Vectors of different labels are never compared. */
export const ModelLabel = z.strictObject({
  provider: z.enum(['local', 'gemini', 'vertex', 'together']),
  model: text(1, 100),
  dimensions: z.int().min(8).max(4_000),
});
export type ModelLabel = z.infer<typeof ModelLabel>;

/** Kinds of text a candidate may be embedded by; `profile` is kept in step with the profile by the product itself. */
export const ChunkType = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'must be lower-case letters, digits or "_"');

/**
 * What an embedder is given: the text, and the taxonomy ids recognised in it (`skill:java`, `title:cbo:2124-05`).
 * Hosted models read the text alone.
 */
export interface EmbeddingInput {
  readonly text: string;
  readonly concepts: readonly string[];
}

/** Turns texts into unit vectors of `label.dimensions` numbers, one for each input and in its order. */
export interface Embedder {
  readonly label: ModelLabel;
  /** Another one whenever the same input may get another vector under the same label. @throws Problem `embedder.unavailable` */
  version(): Promise<string>;
  /** @throws Problem `embedder.unavailable` */
  embed(inputs: readonly EmbeddingInput[], task: 'document' | 'query', signal?: AbortSignal): Promise<Float32Array[]>;
}
