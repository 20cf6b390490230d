import type { Context } from '../../context.ts';
import type { LabelledVector } from '../../contract/candidate-record.ts';
import type { ModelLabel } from '../../contract/embedding.ts';
import { Problem } from '../../contract/errors.ts';
import { conceptsIn } from '../text/concepts.ts';
import { recognizerOf } from '../text/recognizer.ts';

export type EmbedContext = Context<'embedder' | 'lexicon'>;

/** The vector of a text by the model in use. @throws Problem `embedder.unavailable` */
export async function embedText(ctx: EmbedContext, text: string, task: 'document' | 'query'): Promise<LabelledVector> {
  const concepts = conceptsIn(recognizerOf(ctx.lexicon), text);
  const [vector] = await ctx.embedder.embed([{ text, concepts }], task, ctx.signal);
  if (!vector) throw new Problem('embedder.unavailable');
  return { label: ctx.embedder.label, vector };
}

/** A caller's own vector, admitted only when it is of the model in use. @throws Problem `embedding.model_mismatch` */
export function ownVector(ctx: EmbedContext, embedding: readonly number[], by: Partial<ModelLabel>): LabelledVector {
  const { label } = ctx.embedder;
  requireModel(ctx, { ...by, dimensions: embedding.length });
  if (embedding.every((x) => x === 0)) {
    throw new Problem('input.invalid', [
      { path: 'embedding', message: 'must not be all zeros: such a vector compares with nothing' },
    ]);
  }
  return { label, vector: Float32Array.from(embedding) };
}

/** Refuses a label other than that of the model in use, in whatever parts of it are given. @throws Problem `embedding.model_mismatch` */
export function requireModel(
  ctx: EmbedContext,
  by: { [Part in keyof ModelLabel]?: ModelLabel[Part] | undefined },
): void {
  const { label } = ctx.embedder;
  const wrong = (['provider', 'model', 'dimensions'] as const).filter(
    (part) => by[part] !== undefined && by[part] !== label[part],
  );
  if (wrong.length === 0) return;
  throw new Problem(
    'embedding.model_mismatch',
    wrong.map((part) => ({ path: part, message: `must be ${label[part]}` })),
  );
}
