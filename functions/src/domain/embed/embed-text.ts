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

/**
 * A caller's own vector at unit length, admitted only when it is of the model in use.
 * @throws Problem `embedding.model_mismatch`; `input.invalid` when it has no direction
 */
export function ownVector(
  ctx: Pick<EmbedContext, 'embedder'>,
  embedding: readonly number[],
  by: Partial<ModelLabel> = {},
): LabelledVector {
  const { label } = ctx.embedder;
  requireModel(ctx, { ...by, dimensions: embedding.length });
  // Scaled first, so that neither squares nor half precision lose a vector for its length.
  const largest = embedding.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  if (largest < Number.MIN_VALUE * 2 ** 60) {
    const message = 'must not be all zeros: such a vector compares with nothing';
    throw new Problem('input.invalid', [{ path: 'embedding', message }]);
  }
  const scaled = embedding.map((x) => x / largest);
  const length = Math.hypot(...scaled);
  return { label, vector: Float32Array.from(scaled, (x) => x / length) };
}

/** Refuses a label other than that of the model in use, in whatever parts of it are given. @throws Problem `embedding.model_mismatch` */
export function requireModel(
  ctx: Pick<EmbedContext, 'embedder'>,
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
